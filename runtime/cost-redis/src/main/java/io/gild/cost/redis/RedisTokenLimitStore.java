package io.gild.cost.redis;

import io.gild.config.Experimental;
import io.gild.core.ProviderLimits;
import io.gild.core.spi.Clock;
import io.gild.cost.InProcessTokenLimitStore;
import io.gild.cost.redis.RedisCost.OnUnavailable;
import io.gild.cost.spi.TokenClaim;
import io.gild.cost.spi.TokenGrant;
import io.gild.cost.spi.TokenLimitStore;
import io.gild.redis.RedisAddress;
import io.gild.redis.RedisCommands;
import io.gild.redis.RedisScript;
import io.gild.redis.RedisServerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/**
 * Token limits in Redis; tested with version 7.0. All JVMs that use the same server and prefix
 * share the limits and the line of those that wait. Minutes are those of the clock of Redis.
 *
 * <p>While Redis cannot be reached, no method throws: {@link OnUnavailable} decides. What requests
 * took in Redis before stays there until its minute is over; what they take meanwhile is not known
 * there.
 */
@Experimental
public final class RedisTokenLimitStore implements TokenLimitStore {

  private static final RedisScript SCRIPT =
      RedisScript.read("tokens.lua", RedisTokenLimitStore.class.getResourceAsStream("tokens.lua"));

  private static final long MICRO = 1_000L;
  private static final TokenGrant LATER = new TokenGrant(false, 1_000_000_000L);

  /** Numbers above are not exact in Lua, and limit nothing. */
  private static final long MOST = 1L << 52;

  private final RedisCommands redis;
  private final String prefix;
  private final Supplier<String> time;
  private final OnUnavailable rule;
  private final double share;
  private final Outage outage;
  private final InProcessTokenLimitStore away;

  /**
   * Creates a store on one server. It connects when it is used.
   *
   * @param settings where Redis is, and what happens while it cannot be reached
   * @param clock the clock of limits while Redis cannot be reached
   */
  public RedisTokenLimitStore(RedisCost settings, Clock clock) {
    this(settings, clock, () -> "");
  }

  /** Creates a store with a clock of its own in place of that of Redis, in microseconds. */
  RedisTokenLimitStore(RedisCost settings, Clock clock, Supplier<String> time) {
    this(
        RedisCommands.of(
            RedisCost.PURPOSE, RedisAddress.of(settings.redis().url()), settings.redis().timeout()),
        settings,
        clock,
        time);
  }

  /**
   * Creates a store with a client, as for a cluster or sentinels. In a cluster, all limits are on
   * one node, because a request takes of several limits in one step.
   *
   * @param client is closed with the store
   * @param place names the server in messages, such as {@code redis.acme.com:6379}
   * @param settings the prefix, and what happens while Redis cannot be reached; the URL is not used
   * @param clock the clock of limits while Redis cannot be reached
   */
  public RedisTokenLimitStore(UnifiedJedis client, String place, RedisCost settings, Clock clock) {
    this(new RedisCommands(RedisCost.PURPOSE, client, place, () -> {}), settings, clock, () -> "");
  }

  private RedisTokenLimitStore(
      RedisCommands redis, RedisCost settings, Clock clock, Supplier<String> time) {
    RedisServerSettings.requirePrefix(settings.redis().prefix());
    this.redis = redis;
    this.prefix = settings.redis().prefix() + "{token-limits}:";
    this.time = time;
    this.rule = settings.onUnavailable();
    this.share = settings.localShare();
    this.outage = new Outage(consequence(settings), Outage.LIMITS, System::nanoTime);
    this.away = new InProcessTokenLimitStore(clock);
  }

  private static String consequence(RedisCost settings) {
    return switch (settings.onUnavailable()) {
      case ALLOW -> "Until then, no token limit holds back a request.";
      case REFUSE -> "Until then, token limits start no request.";
      case LOCAL ->
          "Until then, this JVM uses at most %s %% of each token limit."
              .formatted(Math.round(settings.localShare() * 100));
    };
  }

  @Override
  public TokenGrant acquire(String id, List<TokenClaim> claims) {
    List<String> numbers = new ArrayList<>(3 * claims.size());
    for (TokenClaim claim : claims) {
      numbers.add(Math.min(MOST, claim.requestsPerMinute()) + "");
      numbers.add(Math.min(MOST, claim.tokensPerMinute()) + "");
      numbers.add(Math.min(MOST, claim.tokens()) + "");
    }
    Long wait = run("acquire", id, accounts(claims), numbers);
    if (wait == null) {
      return acquireAway(id, claims);
    }
    return wait == 0 ? TokenGrant.NOW : new TokenGrant(false, wait * MICRO);
  }

  private TokenGrant acquireAway(String id, List<TokenClaim> claims) {
    return switch (rule) {
      case ALLOW -> TokenGrant.NOW;
      case REFUSE -> LATER;
      case LOCAL -> away.acquire(id, claims.stream().map(this::own).toList());
    };
  }

  /** Returns the claim with this JVM's share of the limits. */
  private TokenClaim own(TokenClaim claim) {
    return new TokenClaim(
        claim.account(),
        own(claim.requestsPerMinute()),
        own(claim.tokensPerMinute()),
        claim.tokens());
  }

  private long own(long limit) {
    return limit == 0 ? 0 : Math.max(1, (long) (limit * share));
  }

  private static List<String> accounts(List<TokenClaim> claims) {
    return claims.stream().map(TokenClaim::account).toList();
  }

  @Override
  public void settle(String id, List<String> accounts, long tokens) {
    away.settle(id, accounts, tokens);
    run("settle", id, accounts, List.of(Math.min(MOST, tokens) + ""));
  }

  @Override
  public void cancel(String id, List<String> accounts) {
    away.cancel(id, accounts);
    run("cancel", id, accounts, List.of());
  }

  @Override
  public void learn(String account, ProviderLimits limits) {
    List<String> numbers =
        List.of(
            limits.requests() + "",
            limits.remainingRequests() + "",
            limits.requestsResetMillis() + "",
            limits.tokens() + "",
            limits.remainingTokens() + "",
            limits.tokensResetMillis() + "");
    if (run("learn", "", List.of(account), numbers) == null) {
      away.learn(account, limits);
    }
  }

  @Override
  public void pause(String account, long nanos) {
    if (run("pause", "", List.of(account), List.of(nanos / MICRO + "")) == null) {
      away.pause(account, nanos);
    }
  }

  @Override
  public long used(String account) {
    Long used = run("used", "", List.of(account), List.of());
    return used == null ? away.used(account) : used;
  }

  /** Runs an operation; returns {@code null} if Redis cannot be reached. */
  private @Nullable Long run(
      String operation, String id, List<String> accounts, List<String> numbers) {
    List<String> keys = new ArrayList<>(5 * accounts.size());
    for (String account : accounts) {
      for (String part : List.of("started", "tokens", "line", "asked", "state")) {
        keys.add(prefix + part + ":" + account);
      }
    }
    List<String> arguments = new ArrayList<>(List.of(operation, time.get(), id));
    arguments.addAll(numbers);
    return outage.run(() ->
        Long.parseLong(
            (String) redis.run(operation + " token limits", SCRIPT, keys, arguments, true).get(0)));
  }

  @Override
  public void close() {
    away.close();
    redis.close();
  }
}

package io.gild.cost.redis;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.core.spi.Clock;
import io.gild.cost.redis.RedisCost.OnUnavailable;
import io.gild.cost.spi.BudgetAccount;
import io.gild.cost.spi.BudgetBalance;
import io.gild.cost.spi.BudgetClaim;
import io.gild.cost.spi.BudgetReply;
import io.gild.cost.spi.BudgetSettlement;
import io.gild.cost.spi.BudgetStore;
import io.gild.redis.RedisAddress;
import io.gild.redis.RedisCommands;
import io.gild.redis.RedisServerSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/**
 * Budgets in Redis; tested with version 7.0. All JVMs that use the same server and prefix share the
 * accounts.
 *
 * <p>Each operation is one Lua script, and is done once even if its answer is lost. A JVM shows
 * that it is alive three times within its lease; the reservations of a JVM that died end with its
 * lease. Accounts are deleted a day after the end of their windows.
 *
 * <p>While Redis cannot be reached, no method throws: {@link OnUnavailable} decides, and what was
 * spent is charged when Redis is back. A JVM that ends before that does not charge it.
 */
@Experimental
public final class RedisBudgetStore implements BudgetStore {

  private static final int MOST_ANNOUNCED = 10_000;

  private final RedisCommands redis;
  private final RemoteBudgets remote;
  private final AwayBudgets away;
  private final LateSettlements late;
  private final Outage outage;
  private final Clock clock;
  private final Heartbeat heartbeat;
  private final ReentrantLock sending = new ReentrantLock();

  /** What was announced while Redis could not be reached. */
  private final Set<String> announced = new LinkedHashSet<>();

  /**
   * Creates a store on one server. It connects when it is used.
   *
   * @param settings where Redis is, and what happens while it cannot be reached
   * @param clock decides which windows are present
   */
  public RedisBudgetStore(RedisCost settings, Clock clock) {
    this(
        RedisCommands.of(
            RedisCost.PURPOSE, RedisAddress.of(settings.redis().url()), settings.redis().timeout()),
        settings,
        clock);
  }

  /**
   * Creates a store with a client, as for a cluster or sentinels. In a cluster, all accounts are on
   * one node, because several budgets are reserved in one step.
   *
   * @param client is closed with the store
   * @param place names the server in messages, such as {@code redis.acme.com:6379}
   * @param settings the prefix, and what happens while Redis cannot be reached; the URL is not used
   * @param clock decides which windows are present
   */
  public RedisBudgetStore(UnifiedJedis client, String place, RedisCost settings, Clock clock) {
    this(new RedisCommands(RedisCost.PURPOSE, client, place, () -> {}), settings, clock);
  }

  private RedisBudgetStore(RedisCommands redis, RedisCost settings, Clock clock) {
    RedisServerSettings.requirePrefix(settings.redis().prefix());
    this.redis = redis;
    this.remote = new RemoteBudgets(redis, settings.redis().prefix(), settings.lease());
    this.away = new AwayBudgets(settings.onUnavailable(), settings.localShare());
    this.late = new LateSettlements(remote);
    this.outage = new Outage(consequence(settings), Outage.LIMITS, System::nanoTime);
    this.clock = clock;
    this.heartbeat = new Heartbeat(settings.lease(), this::renew);
  }

  private static String consequence(RedisCost settings) {
    return switch (settings.onUnavailable()) {
      case ALLOW -> "Until then, no budget refuses a call.";
      case REFUSE -> "Until then, budgets refuse all calls.";
      case LOCAL ->
          "Until then, this JVM spends at most %s %% of each budget's limit."
              .formatted(Math.round(settings.localShare() * 100));
    };
  }

  @Override
  public BudgetReply reserve(String id, List<BudgetClaim> claims) {
    heartbeat.start();
    if (catchUp() && outage.tries()) {
      String operation = remote.next();
      BudgetReply reply = outage.runNow(() -> remote.reserve(operation, claims));
      if (reply != null) {
        away.remember(reply.balances());
        return reply;
      }
      late.undo(operation, claims);
    }
    return away.reserve(claims);
  }

  @Override
  public List<BudgetBalance> settle(String id, List<BudgetSettlement> settlements) {
    List<BudgetSettlement> ofRedis = new ArrayList<>(settlements.size());
    for (BudgetSettlement each : settlements) {
      long released = away.release(each.account(), each.releasedNanoUsd());
      ofRedis.add(new BudgetSettlement(each.account(), released, each.spentNanoUsd()));
    }
    String operation = null;
    if (catchUp() && outage.tries()) {
      operation = remote.next();
      List<BudgetBalance> balances = settleNow(operation, ofRedis);
      if (balances != null) {
        away.remember(balances);
        return balances;
      }
    }
    return settleLater(operation, ofRedis);
  }

  private @Nullable List<BudgetBalance> settleNow(
      String operation, List<BudgetSettlement> settlements) {
    return outage.runNow(() -> remote.settle(operation, settlements));
  }

  private List<BudgetBalance> settleLater(
      @Nullable String operation, List<BudgetSettlement> settlements) {
    away.spend(settlements);
    if (operation == null) {
      late.addUnsent(settlements);
    } else {
      late.addSent(operation, settlements);
    }
    return settlements.stream().map(each -> away.balance(each.account())).toList();
  }

  /** Charges what was spent while Redis could not be reached; returns whether nothing is left. */
  private boolean catchUp() {
    if (late.isEmpty()) {
      return true;
    }
    if (!sending.tryLock()) {
      return false; // another thread finds out whether Redis is back
    }
    try {
      return late.isEmpty()
          || outage.run(() -> {
            late.send(away);
            return true;
          })
              != null;
    } finally {
      sending.unlock();
    }
  }

  private void renew() {
    if (catchUp()) {
      outage.run(() -> {
        remote.renew();
        return true;
      });
    }
  }

  @Override
  public BudgetBalance balance(BudgetAccount account) {
    List<BudgetBalance> found = catchUp() ? outage.run(() -> remote.read(List.of(account))) : null;
    if (found == null) {
      return away.balance(account);
    }
    away.remember(found);
    return found.get(0);
  }

  @Override
  public List<BudgetBalance> balances(String budget, int most) {
    Require.atLeast(1, most, "most");
    Instant now = clock.now();
    List<BudgetBalance> found = catchUp() ? outage.run(() -> remote.most(budget, most, now)) : null;
    return (found == null ? away.balances(budget) : found)
        .stream()
            .filter(each -> isPresent(each.account(), now))
            .sorted(
                Comparator.comparingLong(BudgetBalance::spentNanoUsd)
                    .reversed()
                    .thenComparing(each -> each.account().holder()))
            .limit(most)
            .toList();
  }

  private static boolean isPresent(BudgetAccount account, Instant now) {
    return account.end().isAfter(now) && !account.start().isAfter(now);
  }

  @Override
  public boolean announce(BudgetAccount account, int percent) {
    String operation = remote.next();
    Boolean first = outage.run(() -> remote.announce(operation, account, percent));
    if (first != null) {
      return first;
    }
    synchronized (announced) {
      return announced.size() < MOST_ANNOUNCED && announced.add(percent + " " + account);
    }
  }

  /** Charges what is left to charge, ends the reservations of this JVM, and disconnects. */
  @Override
  public void close() {
    heartbeat.close();
    if (catchUp()) {
      outage.run(() -> {
        remote.leave();
        return true;
      });
    }
    redis.close();
  }
}

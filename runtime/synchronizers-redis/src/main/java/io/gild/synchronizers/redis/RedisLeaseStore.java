package io.gild.synchronizers.redis;

import io.gild.config.Experimental;
import io.gild.redis.RedisAddress;
import io.gild.redis.RedisCommands;
import io.gild.redis.RedisScript;
import io.gild.redis.RedisServerSettings;
import io.gild.synchronizers.spi.Arrival;
import io.gild.synchronizers.spi.Claim;
import io.gild.synchronizers.spi.ClaimRequest;
import io.gild.synchronizers.spi.LeaseStore;
import io.gild.synchronizers.spi.QueueBounds;
import io.gild.synchronizers.spi.QueueElement;
import io.gild.synchronizers.spi.SynchronizerKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/**
 * The engine in Redis; tested with version 7.0. All JVMs that use the same server and prefix share
 * the synchronizers.
 *
 * <p>Each operation is one Lua script. Leases end by the clock of Redis. Fencing tokens are its
 * time in microseconds, or one more than the last token: they increase even if Redis loses its
 * data, as long as its clock is not set back. What no one uses for a day is deleted, except
 * elements of queues. Those that wait are woken by a message; where it is lost, they ask once a
 * second.
 */
@Experimental
public final class RedisLeaseStore implements LeaseStore {

  private static final RedisScript SEMAPHORE = script("semaphore.lua");
  private static final RedisScript BARRIER = script("barrier.lua");
  private static final RedisScript QUEUE = script("queue.lua");

  private final RedisCommands redis;
  private final String prefix;
  private final RedisWakeUps wakeUps;

  /**
   * Creates an engine on one server. It connects when it is used.
   *
   * @param url {@code redis://user:password@host:port/database}, or {@code rediss://} for TLS
   * @param timeout longest time to connect, and to wait for each answer; above zero
   * @param prefix begins the name of every key; without braces
   * @throws IllegalArgumentException if the URL or the prefix is invalid
   */
  public RedisLeaseStore(String url, Duration timeout, String prefix) {
    this(RedisCommands.of(RedisSynchronizers.PURPOSE, RedisAddress.of(url), timeout), prefix);
  }

  /**
   * Creates an engine with a client, as for a cluster or sentinels.
   *
   * @param client is closed with the engine
   * @param place names the server in messages, such as {@code redis.acme.com:6379}
   * @param prefix begins the name of every key; without braces
   * @throws IllegalArgumentException if the prefix is invalid
   */
  public RedisLeaseStore(UnifiedJedis client, String place, String prefix) {
    this(new RedisCommands(RedisSynchronizers.PURPOSE, client, place, () -> {}), prefix);
  }

  private RedisLeaseStore(RedisCommands redis, String prefix) {
    RedisServerSettings.requirePrefix(prefix);
    this.redis = redis;
    this.prefix = prefix;
    this.wakeUps = new RedisWakeUps(redis.client(), channel());
  }

  private static RedisScript script(String file) {
    return RedisScript.read(file, RedisLeaseStore.class.getResourceAsStream(file));
  }

  private String channel() {
    return prefix + "wake";
  }

  private List<?> run(
      SynchronizerKey key, String operation, String id, Duration lease, Object... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(operation, channel(), key.path(), id, lease.toMillis() + ""));
    for (Object each : more) {
      arguments.add(each.toString());
    }
    RedisScript script =
        switch (key.kind()) {
          case SEMAPHORE, LEADER -> SEMAPHORE;
          case BARRIER -> BARRIER;
          case QUEUE -> QUEUE;
        };
    return redis.run(operation + " " + key, script, keys(key), arguments, true);
  }

  /** All keys of a synchronizer have its name in braces: a cluster has them on one node. */
  private List<String> keys(SynchronizerKey key) {
    String name = prefix + "{" + key.path() + "}:";
    List<String> parts =
        switch (key.kind()) {
          case SEMAPHORE, LEADER -> List.of("held", "line", "ends", "tokens");
          case BARRIER -> List.of("state", "waiting", "passed", "broken");
          case QUEUE -> List.of("ready", "taken", "items", "counts", "rounds", "state");
        };
    return parts.stream().map(part -> name + part).toList();
  }

  private static boolean isYes(List<?> answer) {
    return answer.get(0).equals(1L);
  }

  @Override
  public Claim claim(SynchronizerKey key, ClaimRequest request) {
    List<?> answer =
        run(
            key,
            "claim",
            request.id(),
            request.lease(),
            request.permits(),
            request.waits() ? 1 : 0);
    return isYes(answer)
        ? Claim.granted((long) answer.get(1))
        : Claim.refused((long) answer.get(2));
  }

  @Override
  public Arrival arrive(
      SynchronizerKey key, String id, long generation, int parties, Duration lease) {
    List<?> answer = run(key, "arrive", id, lease, generation, parties);
    Arrival.Status status = Arrival.Status.values()[number(answer.get(0))];
    return new Arrival(status, (long) answer.get(1), number(answer.get(2)));
  }

  private static int number(Object answer) {
    return Math.toIntExact((long) answer);
  }

  @Override
  public boolean offer(SynchronizerKey key, QueueElement element, QueueBounds bounds) {
    return isYes(
        run(
            key,
            "offer",
            element.id(),
            Duration.ZERO,
            element.producer(),
            element.text(),
            element.deliveries(),
            bounds.capacity(),
            bounds.capacityPerProducer()));
  }

  @Override
  public @Nullable QueueElement take(SynchronizerKey key, String id, Duration lease) {
    List<?> answer = run(key, "take", id, lease);
    if (answer.isEmpty()) {
      return null;
    }
    return new QueueElement(
        (String) answer.get(0),
        (String) answer.get(1),
        (String) answer.get(2),
        Integer.parseInt((String) answer.get(3)));
  }

  @Override
  public boolean finish(SynchronizerKey key, String id) {
    return isYes(run(key, "finish", id, Duration.ZERO));
  }

  @Override
  public boolean renew(SynchronizerKey key, String id, Duration lease) {
    return isYes(run(key, "renew", id, lease));
  }

  @Override
  public boolean release(SynchronizerKey key, String id) {
    return isYes(run(key, "release", id, Duration.ZERO));
  }

  @Override
  public Watch watch(SynchronizerKey key, Consumer<String> listener) {
    return wakeUps.add(key.path(), listener);
  }

  /** Closes the connections; what is held stays held until its leases end. */
  @Override
  public void close() {
    wakeUps.close();
    redis.close();
  }
}

package io.gild.cost.redis;

import io.gild.config.Experimental;
import io.gild.config.PolicyTree;
import io.gild.config.Require;
import io.gild.config.Section;
import io.gild.redis.RedisPurpose;
import io.gild.redis.RedisServerSettings;
import java.time.Duration;
import java.util.Map;

/**
 * The budgets and token limits that are in Redis.
 *
 * @param redis where Redis is
 * @param onUnavailable what happens while Redis cannot be reached
 * @param localShare with {@link OnUnavailable#LOCAL}, the share of each limit that this JVM may use
 *     while Redis cannot be reached; above 0, at most 1
 * @param lease after how long without a sign of a JVM its reservations end; at least one second
 */
@Experimental
public record RedisCost(
    RedisServerSettings redis, OnUnavailable onUnavailable, double localShare, Duration lease) {

  /** What happens to calls while Redis cannot be reached. */
  public enum OnUnavailable {
    /** They are made; what they spend is charged when Redis is back. */
    ALLOW,
    /** They are refused. */
    REFUSE,
    /** This JVM uses its own share of each limit. */
    LOCAL
  }

  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(1);

  /** A part of the section {@code budget-accounts}. */
  public static final Section<RedisCost> SECTION =
      Section.of("budget-accounts", RedisCost.class)
          .defaults(
              PolicyTree.of(
                  Map.of(
                      "redis",
                      Map.of("url", "redis://localhost:6379", "timeout", "2s", "prefix", "gild:"),
                      "on-unavailable",
                      "local",
                      "local-share",
                      0.1,
                      "lease",
                      "30s")));

  /** What messages about failures say. */
  static final RedisPurpose PURPOSE =
      new RedisPurpose(
          "budget-accounts.redis",
          "give budgets shorter periods or fewer holders",
          RedisUnavailable::new);

  /** Checks the values. */
  public RedisCost {
    if (!(localShare > 0 && localShare <= 1)) {
      throw new IllegalArgumentException(
          "local-share must be above 0 and at most 1, but is " + localShare);
    }
    Require.positive(lease, "lease");
    if (lease.compareTo(SHORTEST_LEASE) < 0) {
      throw new IllegalArgumentException("lease must be at least 1s, but is " + lease);
    }
  }
}

package io.gild.reliability;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;

/**
 * Limits how many calls start per period.
 *
 * @param limitForPeriod calls that may start in one period; at least 1
 * @param limitRefreshPeriod length of a period; above zero
 * @param timeoutDuration how long a caller waits for its turn; zero or more
 */
@Experimental
public record RateLimitPolicy(
    int limitForPeriod, Duration limitRefreshPeriod, Duration timeoutDuration) {

  /** Checks the values. */
  public RateLimitPolicy {
    Require.atLeast(1, limitForPeriod, "limit-for-period");
    Require.positive(limitRefreshPeriod, "limit-refresh-period");
    Require.notNegative(timeoutDuration, "timeout-duration");
  }
}

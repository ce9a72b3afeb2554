package io.gild.reliability;

import io.gild.config.Require;
import java.time.Duration;

/**
 * Bounds each attempt in time.
 *
 * @param timeoutDuration time of one attempt; above zero
 * @param cancelRunningFuture whether the attempt is interrupted when its time is up
 */
public record TimeLimitPolicy(Duration timeoutDuration, boolean cancelRunningFuture) {

  /** Checks the values. */
  public TimeLimitPolicy {
    Require.positive(timeoutDuration, "timeout-duration");
  }
}

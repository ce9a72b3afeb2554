package io.gild.reliability;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;

/**
 * Limits the time of each attempt.
 *
 * @param timeoutDuration time of one attempt; above zero
 * @param cancelRunningFuture whether the attempt is interrupted at the timeout
 */
@Experimental
public record TimeLimitPolicy(Duration timeoutDuration, boolean cancelRunningFuture) {

  /** Checks the values. */
  public TimeLimitPolicy {
    Require.positive(timeoutDuration, "timeout-duration");
  }
}

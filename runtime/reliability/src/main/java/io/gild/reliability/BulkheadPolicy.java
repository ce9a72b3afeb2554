package io.gild.reliability;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;

/**
 * Limits how many calls run at once.
 *
 * @param maxConcurrentCalls calls that may run at once; at least 1
 * @param maxWaitDuration how long a caller waits for a free place; zero or more
 */
@Experimental
public record BulkheadPolicy(int maxConcurrentCalls, Duration maxWaitDuration) {

  /** Checks the values. */
  public BulkheadPolicy {
    Require.atLeast(1, maxConcurrentCalls, "max-concurrent-calls");
    Require.notNegative(maxWaitDuration, "max-wait-duration");
  }
}

package io.gild.reliability;

import io.gild.config.Durations;
import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;
import java.util.List;

/**
 * Repeats a call after a failure.
 *
 * @param maxAttempts attempts, the first included; at least 1
 * @param waitDuration wait before the second attempt; from zero to {@code maxWaitDuration}
 * @param multiplier factor by which each wait exceeds the one before; at least 1
 * @param maxWaitDuration longest wait; zero or more
 * @param randomizedWaitFactor share by which a wait is randomized up and down; from 0 to below 1
 * @param retryExceptions names of exception classes worth another attempt; empty means every
 *     exception that is not known to be permanent
 * @param ignoreExceptions names of exception classes that are not retried
 */
@Experimental
public record RetryPolicy(
    int maxAttempts,
    Duration waitDuration,
    double multiplier,
    Duration maxWaitDuration,
    double randomizedWaitFactor,
    List<String> retryExceptions,
    List<String> ignoreExceptions) {

  /** Checks the values. */
  public RetryPolicy {
    Require.atLeast(1, maxAttempts, "max-attempts");
    Require.notNegative(waitDuration, "wait-duration");
    Require.between(1, 1000, multiplier, "multiplier");
    Require.notNegative(maxWaitDuration, "max-wait-duration");
    if (waitDuration.compareTo(maxWaitDuration) > 0) {
      throw new IllegalArgumentException(
          "wait-duration must not exceed max-wait-duration, but is "
              + Durations.format(waitDuration)
              + " with a max-wait-duration of "
              + Durations.format(maxWaitDuration));
    }
    Require.between(0, 0.99, randomizedWaitFactor, "randomized-wait-factor");
    retryExceptions = List.copyOf(retryExceptions);
    ignoreExceptions = List.copyOf(ignoreExceptions);
  }
}

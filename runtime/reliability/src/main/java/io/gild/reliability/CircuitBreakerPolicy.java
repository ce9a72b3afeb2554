package io.gild.reliability;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;
import java.util.List;

/**
 * Stops calls to a method that keeps failing.
 *
 * @param failureRateThreshold percent of failed calls that opens the breaker; from 1 to 100
 * @param slidingWindowSize how many of the last calls are judged; at least 1
 * @param minimumNumberOfCalls calls to see before the rate is judged; at least 1
 * @param waitDurationInOpenState how long the breaker stays open; above zero
 * @param permittedNumberOfCallsInHalfOpenState trial calls while half open; at least 1
 * @param ignoreExceptions names of exception classes that count neither as failure nor as success
 */
@Experimental
public record CircuitBreakerPolicy(
    float failureRateThreshold,
    int slidingWindowSize,
    int minimumNumberOfCalls,
    Duration waitDurationInOpenState,
    int permittedNumberOfCallsInHalfOpenState,
    List<String> ignoreExceptions) {

  /** Checks the values. */
  public CircuitBreakerPolicy {
    if (failureRateThreshold > 0 && failureRateThreshold < 1) {
      throw new IllegalArgumentException(
          "failure-rate-threshold must be percent from 1 to 100, but is "
              + failureRateThreshold
              + ", which is less than one percent. Write "
              + Math.round(failureRateThreshold * 100)
              + " for "
              + Math.round(failureRateThreshold * 100)
              + " %");
    }
    Require.between(1, 100, failureRateThreshold, "failure-rate-threshold");
    Require.atLeast(1, slidingWindowSize, "sliding-window-size");
    Require.atLeast(1, minimumNumberOfCalls, "minimum-number-of-calls");
    Require.positive(waitDurationInOpenState, "wait-duration-in-open-state");
    Require.atLeast(
        1, permittedNumberOfCallsInHalfOpenState, "permitted-number-of-calls-in-half-open-state");
    ignoreExceptions = List.copyOf(ignoreExceptions);
  }
}

package io.gild.a2a.server;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;

/**
 * How events are pushed.
 *
 * @param allowPrivate whether receivers may be in private networks and on this machine
 * @param timeout how long one attempt may take; above zero
 * @param maxAttempts how often an event is tried; 1 or more
 * @param firstWait how long to wait before the second attempt, doubled before each other; above
 *     zero
 */
@Experimental
public record A2aPushRules(
    boolean allowPrivate, Duration timeout, int maxAttempts, Duration firstWait) {

  /** Checks the values. */
  public A2aPushRules {
    Require.positive(timeout, "timeout");
    Require.atLeast(1, maxAttempts, "max-attempts");
    Require.positive(firstWait, "first-wait");
  }

  /**
   * Returns the usual rules.
   *
   * @param allowPrivate whether receivers may be in private networks and on this machine
   * @return five attempts of 15 seconds, the second after one second
   */
  public static A2aPushRules ofDefaults(boolean allowPrivate) {
    return new A2aPushRules(allowPrivate, Duration.ofSeconds(15), 5, Duration.ofSeconds(1));
  }
}

package io.gild.reliability;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;

/**
 * Limits how many calls run at once.
 *
 * @param maxConcurrentCalls calls that may run at once; at least 1
 * @param maxWaitDuration how long a caller waits for a free place; zero or more
 * @param scope where calls are counted
 * @param name names the places that JVMs share; empty for those of the agent and method
 */
@Experimental
public record BulkheadPolicy(
    int maxConcurrentCalls, Duration maxWaitDuration, Scope scope, String name) {

  /** Where calls are counted. */
  public enum Scope {
    /** In each JVM, for the method alone. */
    LOCAL,
    /** In all JVMs that use the same engine of synchronizers. */
    SHARED
  }

  /** Checks the values. */
  public BulkheadPolicy {
    Require.atLeast(1, maxConcurrentCalls, "max-concurrent-calls");
    Require.notNegative(maxWaitDuration, "max-wait-duration");
  }

  /**
   * Creates a policy of one JVM.
   *
   * @param maxConcurrentCalls calls that may run at once; at least 1
   * @param maxWaitDuration how long a caller waits for a free place; zero or more
   */
  public BulkheadPolicy(int maxConcurrentCalls, Duration maxWaitDuration) {
    this(maxConcurrentCalls, maxWaitDuration, Scope.LOCAL, "");
  }
}

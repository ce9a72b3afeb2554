package io.gild.operations;

import io.gild.config.Experimental;
import io.gild.config.Require;

/**
 * How much worse the new version may be in one respect.
 *
 * @param tolerance how much worse: a part of the present value, such as 0.1 for 10 %, or for rates
 *     and scores a difference, such as 0.005 for half a point; zero or more
 * @param minCalls the fewest calls of the new version that tell anything; 1 or more
 */
@Experimental
public record ToleranceSettings(double tolerance, long minCalls) {

  /** Checks the values. */
  public ToleranceSettings {
    Require.between(0, 100, tolerance, "tolerance");
    Require.atLeast(1, minCalls, "min-calls");
  }
}

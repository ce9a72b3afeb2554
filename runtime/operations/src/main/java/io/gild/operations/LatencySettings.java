package io.gild.operations;

import io.gild.config.Experimental;
import io.gild.config.Require;

/**
 * How much slower the new version may be.
 *
 * @param quantile which latency is compared, such as 0.95; above 0 and below 1
 * @param tolerance part of the present latency that is tolerated in addition, such as 0.1 for 10 %
 * @param minCalls the fewest calls of the new version that tell anything; 1 or more
 */
@Experimental
public record LatencySettings(double quantile, double tolerance, long minCalls) {

  /** Checks the values. */
  public LatencySettings {
    Require.between(0.01, 0.999, quantile, "quantile");
    Require.between(0, 100, tolerance, "tolerance");
    Require.atLeast(1, minCalls, "min-calls");
  }
}

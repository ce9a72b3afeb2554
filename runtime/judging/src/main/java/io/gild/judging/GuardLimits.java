package io.gild.judging;

import io.gild.config.Experimental;
import io.gild.config.Require;

/**
 * What a new version must not exceed for even a short time. {@link Double#POSITIVE_INFINITY} means
 * no limit.
 *
 * @param intervals over how many of the newest intervals the values are computed; 1 to 3600
 * @param minimum how many calls of the new version these must have; one or more
 * @param errorRate the largest error rate, 0 to 1
 * @param latency the largest 95th percentile of the latency, in seconds
 * @param cost the largest mean cost per call, in US dollars
 */
@Experimental
public record GuardLimits(
    int intervals, long minimum, double errorRate, double latency, double cost) {

  /** Half of 20 calls or more within 30 intervals fail; no limit of latency and cost. */
  public static final GuardLimits DEFAULT =
      new GuardLimits(30, 20, 0.5, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  private static final int MOST_INTERVALS = 3_600;

  /** Checks the values. */
  public GuardLimits {
    Require.between(1, MOST_INTERVALS, intervals, "intervals");
    Require.atLeast(1, minimum, "minimum");
    Require.between(0, Double.POSITIVE_INFINITY, errorRate, "error-rate");
    Require.between(0, Double.POSITIVE_INFINITY, latency, "latency");
    Require.between(0, Double.POSITIVE_INFINITY, cost, "cost");
  }
}

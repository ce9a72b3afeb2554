package io.gild.judging;

import io.gild.config.Experimental;
import io.gild.config.Require;

/**
 * What the stable version is like, for an estimate of the traffic that a verdict needs.
 *
 * @param mean an error or refusal rate of 0 to 1, or the mean latency in seconds, cost in US
 *     dollars or number of tokens; unused for a golden score
 * @param deviation for a latency, cost or number of tokens the standard deviation as a multiple of
 *     the mean; for a golden score the standard deviation of the difference between two answers to
 *     one task; unused for a rate
 */
@Experimental
public record ExpectedValue(double mean, double deviation) {

  /** Checks the values. */
  public ExpectedValue {
    Require.between(0, Double.MAX_VALUE, mean, "mean");
    Require.between(0, Double.MAX_VALUE, deviation, "deviation");
  }

  /**
   * Returns the expectation of a rate.
   *
   * @param rate 0 to 1
   * @return the expectation
   */
  public static ExpectedValue rate(double rate) {
    Require.between(0, 1, rate, "rate");
    return new ExpectedValue(rate, 0);
  }
}

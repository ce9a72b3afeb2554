package io.gild.judging;

import io.gild.config.Experimental;

/** The standard normal distribution. */
@Experimental
public final class Normal {

  private static final double FARTHEST = 12;

  private Normal() {}

  /**
   * Returns the probability of a larger value (Abramowitz and Stegun 26.2.17, error 1e-7).
   *
   * @param z a value
   * @return 0 to 1
   */
  public static double above(double z) {
    if (z < 0) {
      return 1 - above(-z);
    }
    double t = 1 / (1 + 0.2316419 * z);
    double series =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * series;
  }

  /**
   * Returns the value that a larger one has the given probability of.
   *
   * @param probability 0 to 1
   * @return the value, at most 12 from 0
   */
  public static double quantileAbove(double probability) {
    double low = -FARTHEST;
    double high = FARTHEST;
    for (int i = 0; i < 60; i++) {
      double middle = (low + high) / 2;
      if (above(middle) > probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }
}

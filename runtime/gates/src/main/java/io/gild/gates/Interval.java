package io.gild.gates;

import io.gild.config.Experimental;

/**
 * The range of a value, at some confidence.
 *
 * @param low the lower end
 * @param high the upper end
 */
@Experimental
public record Interval(double low, double high) {

  /** Checks the order. */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("low must be <= high, but is " + low + " > " + high);
    }
  }
}

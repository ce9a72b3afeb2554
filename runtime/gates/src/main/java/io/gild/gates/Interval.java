package io.gild.gates;

/**
 * Between which values something lies, with some confidence.
 *
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double low, double high) {

  /** Checks the order. */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("low must be <= high, but is " + low + " > " + high);
    }
  }
}

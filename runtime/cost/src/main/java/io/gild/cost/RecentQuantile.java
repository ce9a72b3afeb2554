package io.gild.cost;

import java.util.Arrays;

/** The value that 95 % of the recent ones do not exceed. Thread-safe. */
final class RecentQuantile {

  private static final int RECENT = 64;
  private static final double SHARE = 0.95;

  private final double[] values = new double[RECENT];
  private int count;
  private volatile double quantile;

  /**
   * @param first the value until another one was added
   */
  RecentQuantile(double first) {
    this.quantile = first;
  }

  /** Returns the value. */
  double value() {
    return quantile;
  }

  synchronized void add(double value) {
    values[count++ % RECENT] = value;
    double[] sorted = Arrays.copyOf(values, Math.min(count, RECENT));
    Arrays.sort(sorted);
    quantile = sorted[(int) Math.ceil(SHARE * sorted.length) - 1];
    if (count == 2 * RECENT) {
      count = RECENT; // the index goes on, and never overflows
    }
  }
}

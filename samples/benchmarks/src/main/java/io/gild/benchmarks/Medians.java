package io.gild.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Scores of single figures and of lists of times. */
final class Medians {

  private static final double NANOS_PER_MICRO = 1e3;

  private Medians() {}

  /** Returns a score that is one figure and has no error. */
  static Score of(double figure) {
    return new Score(figure, 0, Double.NaN, Double.NaN);
  }

  /** Returns the median of times in nanoseconds, as microseconds. */
  static double medianMicros(List<Long> nanos) {
    List<Long> sorted = new ArrayList<>(nanos);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2) / NANOS_PER_MICRO;
  }
}

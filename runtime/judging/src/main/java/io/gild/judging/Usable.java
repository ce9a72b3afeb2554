package io.gild.judging;

import java.util.Arrays;

/** Leaves out values that say nothing: not a number, negative or infinite. */
final class Usable {

  private long dropped;

  double[] of(double[] values) {
    int kept = 0;
    for (double value : values) {
      if (isUsable(value)) {
        kept++;
      }
    }
    dropped += values.length - kept;
    return kept == values.length
        ? values
        : Arrays.stream(values).filter(Usable::isUsable).toArray();
  }

  private static boolean isUsable(double value) {
    return value >= 0 && value < Double.POSITIVE_INFINITY;
  }

  void drop() {
    dropped++;
  }

  long dropped() {
    return dropped;
  }

  void restore(long saved) {
    dropped = saved;
  }
}

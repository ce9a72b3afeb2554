package io.gild.judging;

import io.gild.config.Require;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts values in buckets of which each is 2.2 % wider than the one before, from 1e-9 to 1e9, so
 * that its memory is bounded. Quantiles are exact to the width of a bucket.
 */
final class QuantileSketch {

  private static final int PER_OCTAVE = 32;
  private static final int OCTAVES = 60;
  private static final double LEAST = Math.scalb(1.0, -30);
  private static final double LOG_LEAST = Math.log(LEAST);
  private static final double PER_LOG = PER_OCTAVE / Math.log(2);
  private static final int SIZE = PER_OCTAVE * OCTAVES + 1;

  private final long[] buckets = new long[SIZE];
  private long count;

  /** Adds a value that is finite and not negative. */
  void add(double value) {
    buckets[bucket(value)]++;
    count++;
  }

  long count() {
    return count;
  }

  /** Bucket 0 is for zero and for values that are smaller than any that matters. */
  private static int bucket(double value) {
    if (value < LEAST) {
      return 0;
    }
    return Math.min(SIZE - 1, 1 + (int) ((Math.log(value) - LOG_LEAST) * PER_LOG));
  }

  private static double start(int bucket) {
    return bucket == 0 ? 0 : LEAST * Math.exp((bucket - 1) / PER_LOG);
  }

  private static double end(int bucket) {
    return bucket == 0 ? 0 : LEAST * Math.exp(bucket / PER_LOG);
  }

  /** Returns a quantile, or {@code NaN} if there are no values. */
  double quantile(double quantile) {
    return count == 0 ? Double.NaN : atRank(quantile * count);
  }

  /**
   * Returns the value of a rank, interpolated within its bucket.
   *
   * @param rank how many values are smaller, 0 to {@link #count()}
   */
  double atRank(double rank) {
    long below = 0;
    int last = 0;
    for (int i = 0; i < SIZE; i++) {
      if (buckets[i] > 0) {
        if (below + buckets[i] >= rank) {
          double part = Math.max(0, (rank - below) / buckets[i]);
          return start(i) + part * (end(i) - start(i));
        }
        below += buckets[i];
        last = i;
      }
    }
    return end(last);
  }

  /** Returns the counts of the buckets that are not empty. */
  Map<String, Object> state() {
    Map<String, Object> state = new TreeMap<>();
    for (int i = 0; i < SIZE; i++) {
      if (buckets[i] > 0) {
        state.put(Integer.toString(i), buckets[i]);
      }
    }
    return state;
  }

  void restore(Map<?, ?> state) {
    for (Object key : state.keySet()) {
      String bucket = String.valueOf(key);
      int at = Integer.parseInt(bucket);
      Require.between(0, SIZE - 1.0, at, "state of a judge: bucket of values");
      buckets[at] = SavedState.whole(state, bucket);
      count += buckets[at];
    }
  }
}

package io.gild.watching;

import java.util.Arrays;

/**
 * Times in buckets that grow by four per cent each: approximate percentiles of any number of calls.
 */
final class LogHistogram {

  private static final double GROWTH = Math.log(1.04);
  private static final double SMALLEST_NANOS = 1_000;

  private long[] buckets = new long[0];
  private long count;

  void add(long nanos) {
    int bucket = (int) Math.max(0, Math.log(nanos / SMALLEST_NANOS) / GROWTH);
    if (bucket >= buckets.length) {
      buckets = Arrays.copyOf(buckets, bucket + 1);
    }
    buckets[bucket]++;
    count++;
  }

  /**
   * Returns a percentile.
   *
   * @param share such as 0.95
   * @return milliseconds, at most four per cent too many; 0 if nothing was added
   */
  double millis(double share) {
    long rank = (long) Math.ceil(share * count);
    long passed = 0;
    for (int i = 0; i < buckets.length; i++) {
      passed += buckets[i];
      if (buckets[i] > 0 && passed >= rank) {
        return SMALLEST_NANOS * Math.exp((i + 1) * GROWTH) / 1e6;
      }
    }
    return 0;
  }
}

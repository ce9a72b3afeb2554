package io.gild.gates;

import java.util.Arrays;
import java.util.function.LongPredicate;

/** Computes the sample size of a proof, if further results are like the present ones. */
final class Needed {

  private static final int MOST = 200_000;

  private Needed() {}

  /**
   * Returns how many tasks in all would prove a rate.
   *
   * @return their number; 0 if no sensible number would
   */
  static int tasks(double[] rates, double threshold, double confidence) {
    double[] sorted = rates.clone();
    Arrays.sort(sorted);
    double mean = Arrays.stream(rates).average().orElse(0);
    boolean whole = Arrays.stream(rates).allMatch(rate -> rate == 0 || rate == 1);
    LongPredicate proven =
        whole
            ? tasks -> Bounds.proves((long) (mean * tasks + 1e-9), tasks, threshold, confidence)
            : tasks -> Bounds.proves(alike(sorted, (int) tasks), threshold, confidence);
    return mean > threshold ? (int) smallest(rates.length, proven) : 0;
  }

  /**
   * Returns how many calls in all would prove that errors are rare enough.
   *
   * @return their number; 0 if no sensible number would
   */
  static long calls(long calls, double errorRate, double threshold, double confidence) {
    return errorRate < threshold
        ? smallest(
            Math.max(1, calls),
            n ->
                Bounds.proves(
                    n - (long) Math.ceil(errorRate * n - 1e-9), n, 1 - threshold, confidence))
        : 0;
  }

  /** Tries every small number, because rounding of passes makes the proof succeed or fail. */
  private static long smallest(long from, LongPredicate proven) {
    long high = from;
    while (high < from + 300) {
      if (proven.test(high)) {
        return high;
      }
      high++;
    }
    while (!proven.test(high)) {
      high *= 2;
      if (high > MOST) {
        return 0;
      }
    }
    long low = high / 2;
    while (high - low > 1) {
      long middle = (low + high) / 2;
      if (proven.test(middle)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  /** Returns as many rates as wanted, spread as the known ones are. */
  private static double[] alike(double[] sorted, int wanted) {
    double[] rates = new double[wanted];
    Arrays.setAll(rates, i -> sorted[(int) ((long) i * sorted.length / wanted)]);
    return rates;
  }
}

package io.gild.judging;

/**
 * A confidence sequence of a quantile: it holds at all times together.
 *
 * <p>The number {@code k} of {@code n} values that are at most the true quantile {@code q} has the
 * mean {@code q n}. The uniform mixture of all binomial likelihoods over the true one,
 *
 * <pre>
 *   M = k! (n - k)! / ((n + 1)! q^k (1 - q)^(n - k)),
 * </pre>
 *
 * is a martingale that starts at 1 (Robbins 1970), so it reaches {@code 1 / alpha} with at most the
 * probability alpha. The bounds are the values whose ranks it does not exclude (Howard and Ramdas,
 * "Sequential estimation of quantiles", 2022). It assumes values with one distribution.
 */
final class QuantileBounds {

  private QuantileBounds() {}

  /** Returns the lower bound, at level alpha; zero if there are too few values. */
  static double low(QuantileSketch values, double quantile, double alpha) {
    long count = values.count();
    long from = -1;
    long to = (long) (quantile * count);
    while (from < to) { // the largest rank below the quantile that is excluded, or -1
      long middle = from + (to - from + 1) / 2;
      if (isExcluded(middle, count, quantile, alpha)) {
        from = middle;
      } else {
        to = middle - 1;
      }
    }
    return from < 0 ? 0 : values.atRank((double) from);
  }

  /** Returns the upper bound, at level alpha; infinite if there are too few values. */
  static double high(QuantileSketch values, double quantile, double alpha) {
    long count = values.count();
    long from = (long) Math.ceil(quantile * count);
    long to = count + 1;
    while (from < to) { // the smallest rank above the quantile that is excluded, or count + 1
      long middle = from + (to - from) / 2;
      if (middle <= count && !isExcluded(middle, count, quantile, alpha)) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from > count ? Double.POSITIVE_INFINITY : values.atRank((double) from);
  }

  private static boolean isExcluded(long hits, long count, double quantile, double alpha) {
    return logMixture(hits, count, quantile) >= Math.log(1 / alpha);
  }

  /** Returns the logarithm of M. */
  static double logMixture(long hits, long count, double quantile) {
    return logFactorial(hits)
        + logFactorial(count - hits)
        - logFactorial(count + 1)
        - hits * Math.log(quantile)
        - (count - hits) * Math.log1p(-quantile);
  }

  /** Stirling's series, after shifting small numbers up; exact to 1e-12 of its size. */
  static double logFactorial(long number) {
    double x = number + 1.0;
    double shift = 0;
    while (x < 10) {
      shift += Math.log(x);
      x++;
    }
    double inverse = 1 / (x * x);
    double series = (1.0 / 12 - inverse * (1.0 / 360 - inverse / 1260)) / x;
    return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - shift;
  }
}

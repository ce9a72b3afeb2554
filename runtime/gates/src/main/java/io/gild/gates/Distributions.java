package io.gild.gates;

import java.util.function.DoubleUnaryOperator;

/**
 * The distributions that bounds use.
 *
 * <p>Sources: regularized incomplete beta by its continued fraction (NIST DLMF 8.17.22, evaluated
 * by the modified Lentz method), logarithm of gamma by Lanczos' series with the coefficients g = 7,
 * n = 9 (Godfrey), quantiles by bisection of the distribution function, which needs no derivative
 * and cannot diverge.
 */
final class Distributions {

  @SuppressWarnings("FloatingPointLiteralPrecision") // as published
  private static final double[] LANCZOS = {
    0.99999999999980993,
    676.5203681218851,
    -1259.1392167224028,
    771.32342877765313,
    -176.61502916214059,
    12.507343278686905,
    -0.13857109526572012,
    9.9843695780195716e-6,
    1.5056327351493116e-7
  };

  private Distributions() {}

  /** Returns P(X ≤ x) of the beta distribution. */
  static double beta(double x, double a, double b) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    double front =
        Math.exp(
            logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
    return x < (a + 1) / (a + b + 2)
        ? front * fraction(x, a, b) / a
        : 1 - front * fraction(1 - x, b, a) / b;
  }

  /** Returns the x with P(X ≤ x) = probability of the beta distribution. */
  static double betaQuantile(double probability, double a, double b) {
    return bisect(x -> beta(x, a, b) - probability);
  }

  /** Returns P(X ≤ successes) of the binomial distribution. */
  static double binomial(long successes, long trials, double p) {
    if (successes < 0) {
      return 0;
    }
    return successes >= trials ? 1 : 1 - beta(p, successes + 1.0, (double) (trials - successes));
  }

  /** Returns the z with P(Z ≤ z) = probability of the normal distribution. */
  static double normalQuantile(double probability) {
    double unit = bisect(x -> normal(20 * x - 10) - probability);
    return 20 * unit - 10;
  }

  /** Returns P(Z ≤ z), by the series and the continued fraction of DLMF 7.6.1 and 7.9.1. */
  static double normal(double z) {
    double x = Math.abs(z) / Math.sqrt(2);
    double tail;
    if (x < 2.5) {
      double term = x;
      double sum = x;
      for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum) && n < 200; n++) {
        term *= -x * x / n;
        sum += term / (2 * n + 1);
      }
      tail = (1 - 2 / Math.sqrt(Math.PI) * sum) / 2;
    } else {
      double fraction = x;
      for (int n = 120; n > 0; n--) {
        fraction = x + n / 2.0 / fraction;
      }
      tail = Math.exp(-x * x) / (fraction * Math.sqrt(Math.PI)) / 2;
    }
    return z < 0 ? tail : 1 - tail;
  }

  /** Returns the root of a function that rises from 0 to 1. */
  static double bisect(DoubleUnaryOperator function) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < 60 && high - low > 1e-14; i++) {
      double middle = (low + high) / 2;
      if (function.applyAsDouble(middle) < 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  private static double logGamma(double x) {
    double sum = LANCZOS[0];
    for (int i = 1; i < LANCZOS.length; i++) {
      sum += LANCZOS[i] / (x - 1 + i);
    }
    double t = x + 6.5;
    return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
  }

  private static double fraction(double x, double a, double b) {
    double c = 1;
    double d = 1 / guard(1 - (a + b) * x / (a + 1));
    double result = d;
    for (int m = 1; m < 20_000; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / guard(1 + even * d);
      c = guard(1 + even / c);
      result *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / guard(1 + odd * d);
      c = guard(1 + odd / c);
      result *= d * c;
      if (Math.abs(d * c - 1) < 1e-15) {
        break;
      }
    }
    return result;
  }

  private static double guard(double value) {
    return Math.abs(value) < 1e-300 ? 1e-300 : value;
  }
}

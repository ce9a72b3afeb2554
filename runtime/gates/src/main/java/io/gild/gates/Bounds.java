package io.gild.gates;

import io.gild.config.Experimental;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The bounds that a sample proves for the rate behind it.
 *
 * <p>{@link #lower(double[], double)} takes the rate of each task as one observation, so that
 * repeats of a task, which are similar, never count as independent. Immutable functions, safe for
 * use by many threads.
 */
@Experimental
public final class Bounds {

  private static final double STEP = 0.2;

  private Bounds() {}

  /**
   * Returns the Clopper-Pearson bound: successes out of independent trials prove at least this
   * rate.
   *
   * <p>Source: Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the
   * case of the binomial", Biometrika 26 (1934): the quantile {@code 1 - confidence} of Beta(x, n -
   * x + 1).
   *
   * @param successes from 0 to trials
   * @param trials above zero
   * @param confidence of the one-sided bound, such as 0.95
   * @return the bound
   */
  public static double lower(long successes, long trials, double confidence) {
    check(successes, trials, confidence);
    return successes == 0
        ? 0
        : Distributions.betaQuantile(1 - confidence, (double) successes, trials - successes + 1.0);
  }

  /** Returns whether the bound reaches a rate, without the search for the bound. */
  static boolean proves(long successes, long trials, double rate, double confidence) {
    return successes > 0
        && Distributions.beta(rate, (double) successes, trials - successes + 1.0) <= 1 - confidence;
  }

  /**
   * Returns the Clopper-Pearson bound from above.
   *
   * @param successes from 0 to trials
   * @param trials above zero
   * @param confidence of the one-sided bound, such as 0.95
   * @return the bound
   */
  public static double upper(long successes, long trials, double confidence) {
    return 1 - lower(trials - successes, trials, confidence);
  }

  /**
   * Returns the two-sided Clopper-Pearson interval.
   *
   * @param successes from 0 to trials
   * @param trials above zero
   * @param confidence of both ends together, such as 0.95
   * @return the interval
   */
  public static Interval clopperPearson(long successes, long trials, double confidence) {
    double each = (1 + confidence) / 2;
    return new Interval(lower(successes, trials, each), upper(successes, trials, each));
  }

  /**
   * Returns the two-sided Wilson score interval, which is near the truth on average but guarantees
   * nothing for a single rate; for display, not for gates.
   *
   * <p>Source: Wilson, "Probable inference, the law of succession, and statistical inference", JASA
   * 22 (1927).
   *
   * @param successes from 0 to trials
   * @param trials above zero
   * @param confidence of both ends together, such as 0.95
   * @return the interval
   */
  public static Interval wilson(long successes, long trials, double confidence) {
    check(successes, trials, confidence);
    double z = Distributions.normalQuantile((1 + confidence) / 2);
    double rate = (double) successes / trials;
    double scale = 1 + z * z / trials;
    double center = (rate + z * z / (2.0 * trials)) / scale;
    double half =
        z / scale * Math.sqrt(rate * (1 - rate) / trials + z * z / (4.0 * trials * trials));
    return new Interval(Math.max(0, center - half), Math.min(1, center + half));
  }

  /**
   * Returns the bound of Gaffke: observations from 0 to 1, one per task, prove at least this mean.
   *
   * <p>It is the quantile {@code 1 - confidence} of the mean that the observations and one zero
   * more have under Dirichlet(1, ..., 1) weights. If each observation is 0 or 1 this is the bound
   * of Clopper and Pearson; values between make it tighter by as much as they vary less.
   *
   * <p>Source: Gaffke, "Three test statistics for a nonparametric one-sided hypothesis on the mean
   * of a nonnegative variable", Mathematical Methods of Statistics 14 (2005); see also
   * Learned-Miller and Thomas, arXiv 1905.06208 (2019). It is not proven for every distribution,
   * but no exception is known; the simulation in this module's tests searches for one.
   *
   * @param rates one from 0 to 1 per task; at least one
   * @param confidence of the one-sided bound, such as 0.95
   * @return the bound
   */
  public static double lower(double[] rates, double confidence) {
    long ones = Arrays.stream(rates).filter(rate -> rate == 1).count();
    long zeros = Arrays.stream(rates).filter(rate -> rate == 0).count();
    if (ones + zeros == rates.length) {
      return lower(ones, rates.length, confidence);
    }
    return Distributions.bisect(bound -> below(rates, bound) - (1 - confidence));
  }

  /**
   * Returns the bound of Gaffke from above.
   *
   * @param rates one from 0 to 1 per task; at least one
   * @param confidence of the one-sided bound, such as 0.95
   * @return the bound
   */
  public static double upper(double[] rates, double confidence) {
    return 1 - lower(Arrays.stream(rates).map(rate -> 1 - rate).toArray(), confidence);
  }

  /**
   * Returns whether the observations prove at least a mean; the same as comparing {@link
   * #lower(double[], double)}, but without the search for the bound.
   *
   * @param rates one from 0 to 1 per task; at least one
   * @param mean the mean to prove
   * @param confidence the confidence, such as 0.95
   * @return whether the lower bound reaches the mean
   */
  public static boolean proves(double[] rates, double mean, double confidence) {
    return below(rates, mean) <= 1 - confidence;
  }

  /**
   * Returns the probability that the randomly weighted mean of the rates and one zero is below a
   * bound.
   *
   * <p>Dirichlet weights are independent exponential variables over their sum, so the mean lies
   * below t if the sum of the variables times (rate - t) is negative. Imhof's inversion ("Computing
   * the distribution of quadratic forms in normal variables", Biometrika 48, 1961) gives its
   * probability; over the logarithm of the frequency the integrand is smooth and the trapezoid rule
   * exact to many digits.
   */
  private static double below(double[] rates, double bound) {
    List<double[]> terms = terms(rates, bound);
    double slope = 0;
    double weight = 0;
    for (double[] term : terms) {
      slope += term[1] * term[0];
      weight += term[1] * term[0] * term[0];
    }
    if (terms.stream().allMatch(term -> term[0] <= 0)) {
      return 1;
    }
    double start = -0.5 * Math.log(weight) - 7;
    // Left of the start the integrand is slope * u to eight digits, and the sum a geometric series.
    double sum = slope * Math.exp(start) / Math.expm1(STEP);
    for (int i = 0; i < 400; i++) {
      double u = Math.exp(start + i * STEP);
      double angle = 0;
      double log = 0;
      for (double[] term : terms) {
        double scaled = term[0] * u;
        angle += term[1] * Math.atan(scaled);
        log += term[1] * 0.5 * Math.log1p(scaled * scaled);
      }
      sum += Math.sin(angle) * Math.exp(-log);
      if (log > 25) {
        break;
      }
    }
    return Math.min(1, Math.max(0, 0.5 - sum * STEP / Math.PI));
  }

  /** Returns, for each value and the added zero, its distance and its number. */
  private static List<double[]> terms(double[] rates, double bound) {
    double[] sorted = Arrays.copyOf(rates, rates.length + 1);
    Arrays.sort(sorted);
    List<double[]> terms = new ArrayList<>();
    for (int i = 0; i < sorted.length; i++) {
      if (i > 0 && sorted[i] == sorted[i - 1]) {
        terms.get(terms.size() - 1)[1]++;
      } else {
        terms.add(new double[] {sorted[i] - bound, 1});
      }
    }
    return terms;
  }

  private static void check(long successes, long trials, double confidence) {
    if (trials < 1 || successes < 0 || successes > trials) {
      throw new IllegalArgumentException(
          "successes must be from 0 to trials, and those above zero, but are "
              + successes
              + " of "
              + trials);
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "confidence must be above 0 and below 1, but is " + confidence);
    }
  }
}

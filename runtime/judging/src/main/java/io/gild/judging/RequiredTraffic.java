package io.gild.judging;

import io.gild.config.Experimental;
import io.gild.config.Require;

/**
 * How many calls of the new version a verdict needs, so that a rollout which can never be decided
 * is found before it starts. The numbers are estimates, good to about a third.
 *
 * <p>The logarithm of an e-value grows like a random walk with the mean {@code G = g² / (2 (v_c +
 * f² v_s / k))} and the variance {@code 2 G} for each call of the canary, where {@code g} is the
 * distance of the truth from what is tested, {@code v} are the variances of the two versions,
 * {@code f} is the factor of the tolerance and {@code k} the number of stable calls for each call
 * of the canary. It must reach {@code b = log(1 / level) + log(bettors)}. With probability 80 % it
 * does after {@code n} calls with {@code G n - 0.84 √(2 G n) = b}.
 *
 * @param criterion name of the criterion
 * @param share the canary's share of the calls, 0 to 1; golden tasks have no share
 * @param toPass calls (or golden tasks) of the canary after which a version that is exactly as good
 *     as the stable one has {@link CanaryVerdict#PASS} with a probability of 80 %; infinite if
 *     never
 * @param toFail calls (or golden tasks) of the canary after which a version with the given harm has
 *     {@link CanaryVerdict#FAIL} with a probability of 80 %; infinite if never
 */
@Experimental
public record RequiredTraffic(String criterion, double share, double toPass, double toFail) {

  private static final double POWER = 0.8416;

  /**
   * Estimates the traffic that a criterion needs.
   *
   * @param criterion the criterion
   * @param criteria how many criteria the judge has, this one included; one or more
   * @param rates how often the judge may be wrong
   * @param share the canary's share of the calls, 0 to 1
   * @param stable what the stable version is like
   * @param harm the harm that should be found, in the unit of the tolerance
   * @return the estimate
   */
  public static RequiredTraffic of(
      CanaryCriterion criterion,
      int criteria,
      JudgeRates rates,
      double share,
      ExpectedValue stable,
      double harm) {
    Require.atLeast(1, criteria, "criteria");
    Require.between(0, 1, share, "share");
    Levels levels = new Levels(rates.falseRollback() / criteria, rates.falsePass());
    boolean isStrict = criterion.proof() == CanaryCriterion.Proof.WORSE_THAN_STABLE;
    double tolerance = criterion.tolerance().amount();
    Growth growth = new Growth(criterion, share, stable);
    double toFail =
        harm > tolerance
            ? calls(
                levels.logRequired() + Math.log(BettingTest.WORSE.length + 1.0),
                growth.of(harm, isStrict ? 0 : tolerance))
            : Double.POSITIVE_INFINITY;
    double toPass =
        calls(
            levels.logRequiredToPass() + Math.log(BettingTest.FINE.length + 1.0),
            growth.of(0, tolerance));
    return new RequiredTraffic(
        criterion.name(),
        share,
        Math.max(toPass, (double) criterion.minimum()),
        Math.max(toFail, (double) criterion.minimum()));
  }

  /** Solves G n - z √(2 G n) = b for n. */
  private static double calls(double needed, double growth) {
    double root = (POWER * Math.sqrt(2) + Math.sqrt(2 * POWER * POWER + 4 * needed)) / 2;
    return growth > 0 ? Math.ceil(root * root / growth) : Double.POSITIVE_INFINITY;
  }

  /**
   * Returns whether a version that is as good as the stable one can be expected to pass.
   *
   * @param canaryCalls how many calls of the new version there will be until the deadline
   * @return whether these are enough
   */
  public boolean canPass(double canaryCalls) {
    return toPass <= canaryCalls;
  }

  /**
   * Returns whether the harm can be expected to be found.
   *
   * @param canaryCalls how many calls of the new version there will be until the deadline
   * @return whether these are enough
   */
  public boolean canFail(double canaryCalls) {
    return toFail <= canaryCalls;
  }

  /** How fast the logarithm of an e-value grows. */
  private record Growth(CanaryCriterion criterion, double share, ExpectedValue stable) {

    /** Returns the growth per call of the canary if it has a harm and another harm is tested. */
    double of(double harm, double tested) {
      return switch (criterion.kind()) {
        case ERROR_RATE, REFUSAL_RATE -> rates(value(stable.mean(), harm), tested);
        case COST, TOKENS -> means(value(stable.mean(), harm), tested);
        case LATENCY -> latencies(harm, tested);
        case GOLDEN_SCORE -> square(harm - tested) / (2 * square(stable.deviation()));
      };
    }

    /** Returns the canary's value with a harm. */
    private double value(double mean, double harm) {
      return criterion.tolerance().relative() ? mean * (1 + harm) : mean + harm;
    }

    private double rates(double canary, double tested) {
      double line = Math.min(1, value(stable.mean(), tested));
      return between(
          canary, line, (variance(canary) + variance(line)) / 2, variance(stable.mean()));
    }

    private double means(double canary, double tested) {
      double variance = square(stable.mean() * stable.deviation());
      return between(canary, value(stable.mean(), tested), variance, variance);
    }

    /** A lognormal latency: the share of slow calls follows from its quantile. */
    private double latencies(double harm, double tested) {
      double sigma = Math.sqrt(Math.log1p(square(stable.deviation())));
      double z = Normal.quantileAbove(1 - criterion.quantile());
      double limit = stable.mean() * Math.exp(sigma * z - sigma * sigma / 2);
      double shift = Math.log(value(limit, tested) / value(limit, harm)) / sigma;
      double slow = 1 - criterion.quantile();
      double canary = Normal.above(z + shift);
      return between(canary, slow, (variance(canary) + variance(slow)) / 2, variance(slow));
    }

    private double between(double canary, double line, double ofCanary, double ofStable) {
      double factor = criterion.tolerance().factor();
      double stablePerCanary = (1 - share) / share;
      double spread = ofCanary + factor * factor * ofStable / stablePerCanary;
      return share > 0 && share < 1 && spread > 0 ? square(canary - line) / (2 * spread) : 0;
    }

    private static double variance(double rate) {
      return Math.max(0, rate * (1 - rate));
    }

    private static double square(double value) {
      return value * value;
    }
  }
}

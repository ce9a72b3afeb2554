package io.gild.judging;

/**
 * An e-process that compares the mean of two streams of values from 0 to 1, block by block, at the
 * same time. With the line {@code factor * stable + offset}, it tests
 *
 * <ul>
 *   <li>{@code canary <= factor * stable + offset}, if the ratios are above 1: rejected means worse
 *   <li>{@code canary >= factor * stable + offset}, if the ratios are below 1: rejected means not
 *       worse than the line.
 * </ul>
 *
 * <p><b>The e-value of a block</b> with {@code n_s} and {@code n_c} values {@code x} and {@code y}
 * is
 *
 * <pre>
 *   E = Π (1 + a_c (y - c_c)) · Π (1 + a_s (x - c_s)),
 *   c_c = factor · c_s + offset,   n_c a_c = λ,   n_s a_s = -factor · λ.
 * </pre>
 *
 * <p><b>Why its mean is at most 1</b>: with {@code 1 + z <= e^z}, the logarithm of the mean is at
 * most {@code n_c a_c (m_c - c_c) + n_s a_s (m_s - c_s) = λ (m_c - factor · m_s - offset)}, where
 * {@code m_c} and {@code m_s} are the means of the true means of the calls. That is at most zero
 * under the hypothesis, if λ has the sign of the test. Nothing else is assumed: the calls of a
 * block may have different means, and blocks, shares of the traffic and true means may change. What
 * must hold is that {@code c_s} and λ depend on earlier blocks and on {@code n_s} and {@code n_c}
 * alone, and that the calls of a block are independent of one another given their number.
 *
 * <p>For values of 0 and 1, factor 1 and offset 0, this is the e-variable of Turner, Ly and
 * Grünwald, "Generic E-variables for exact sequential k-sample tests that allow for optional
 * stopping" (2024): {@code 1 + a (y - c)} is the ratio of two Bernoulli probabilities with the
 * means {@code c + a c (1 - c)} and {@code c}. For values between, it is the bet of Waudby-Smith
 * and Ramdas, "Estimating means of bounded random variables by betting" (2024), on two streams.
 *
 * <p><b>The bets</b> are those of one bettor per ratio, who expects the canary's mean at that ratio
 * of the line, and takes the stable version's mean from earlier blocks. λ is then the bet that
 * grows fastest to second order, cut so that no single call costs more than 95 % of the wealth.
 */
final class BettingTest {

  /** Few, because each costs power, and far apart, because a neighbour still wins. */
  static final double[] WORSE = {1.3, 1.8, 3, 10};

  static final double[] FINE = {0.9, 0.7, 0.3};

  private static final double LARGEST_LOSS = 0.95;
  private static final double ALMOST_ONE = 0.999;

  /** Stands for "known from the mean": {@code c (1 - c)}. */
  static final double BERNOULLI = -1;

  private final double factor;
  private final double[] ratios;
  private final Wealth wealth;

  BettingTest(double factor, double[] ratios) {
    this.factor = factor;
    this.ratios = ratios;
    this.wealth = new Wealth(ratios.length);
  }

  /**
   * Adds a block; both batches have values.
   *
   * @param offset the offset, in the unit of the values
   * @param mean the stable version's mean in earlier blocks; above 0 and below 1
   * @param variance the variance in earlier blocks, or {@link #BERNOULLI}
   */
  void add(Batch stable, Batch canary, double offset, double mean, double variance) {
    if (offset >= ALMOST_ONE) {
      return; // no canary can be that much worse
    }
    for (int i = 0; i < ratios.length; i++) {
      wealth.multiply(i, bet(stable, canary, offset, mean, variance, ratios[i]));
    }
    double stableCount = stable.count();
    wealth.share(stableCount * canary.count() / (stableCount + canary.count()));
  }

  private double bet(
      Batch stable, Batch canary, double offset, double mean, double variance, double ratio) {
    double stableCount = stable.count();
    double canaryCount = canary.count();
    double line = Math.min(factor * mean + offset, ALMOST_ONE);
    double target = ratio > 1 ? Math.min(ratio * line, (1 + line) / 2) : ratio * line;
    double weight = canaryCount / (stableCount + canaryCount);
    double center = (1 - weight) * mean + weight * (target - offset) / factor;
    center = Math.min(Math.max(center, mean / 8), (ALMOST_ONE - offset) / factor);
    double canaryCenter = factor * center + offset;
    double gap = target - line;
    double stableVariance = variance == BERNOULLI ? center * (1 - center) : variance + gap * gap;
    double canaryVariance =
        variance == BERNOULLI ? canaryCenter * (1 - canaryCenter) : variance + gap * gap;
    double lambda =
        gap / (canaryVariance / canaryCount + factor * factor * stableVariance / stableCount);
    double canaryBet = lambda / canaryCount;
    double stableBet = -factor * lambda / stableCount;
    double cut = Math.min(1, Math.min(cut(canaryBet, canaryCenter), cut(stableBet, center)));
    return canary.logWealth(cut * canaryBet, canaryCenter)
        + stable.logWealth(cut * stableBet, center);
  }

  /** Returns which part of a bet keeps its loss within the limit, for any value from 0 to 1. */
  private static double cut(double bet, double center) {
    double loss = bet > 0 ? bet * center : -bet * (1 - center);
    return loss > LARGEST_LOSS ? LARGEST_LOSS / loss : 1;
  }

  /** Returns the logarithm of the e-value. */
  double logEvidence() {
    return wealth.logMean();
  }

  Wealth wealth() {
    return wealth;
  }
}

package io.gild.judging;

/**
 * A confidence sequence of the difference of two means: both bounds hold at all times together,
 * with the probability {@code 1 - alpha}. Values are from 0 to 1 after division by a scale.
 *
 * <p>It is the predictable plug-in empirical-Bernstein confidence sequence (Waudby-Smith and Ramdas
 * 2024, theorem 2) on two streams. For a value {@code y} with mean {@code m}, an earlier estimate
 * {@code g}, both from 0 to 1, and {@code 0 <= l < 1}, the mean of {@code exp(l (y - m) - (y - g)²
 * ψ(l))} with {@code ψ(l) = -log(1 - l) - l} is at most 1 (Fan, Grama and Liu 2015). A block with
 * {@code n_c} and {@code n_s} values bets {@code l_b / n_c} on each of the canary and {@code -l_b /
 * n_s} on each of the stable one, so that at all times
 *
 * <pre>
 *   |Σ l_b (d_b - δ_b)| <= log(2 / alpha) + Σ_b Σ_values (y - g)² ψ(l_b / n),
 * </pre>
 *
 * with {@code d_b} the difference of a block's means and δ_b its true value. The bounds are of the
 * mean of δ_b weighted with {@code l_b}, which is what a rollout wants to know when both versions
 * change over time.
 */
final class DifferenceBounds {

  private static final double LARGEST_BET = 0.5;

  private final double logLevel;
  private double weights;
  private double weighted;
  private double variation;
  private double information;

  DifferenceBounds(double alpha) {
    this.logLevel = Math.log(2 / alpha);
  }

  /**
   * Adds a block; both batches have values.
   *
   * @param mean the mean in earlier blocks, from 0 to 1
   * @param variance the variance in earlier blocks, above zero
   * @param scale by what the values were divided
   */
  void add(Batch stable, Batch canary, double mean, double variance, double scale) {
    double stableCount = stable.count();
    double canaryCount = canary.count();
    double bet = bet(stableCount * canaryCount / (stableCount + canaryCount), variance);
    add(
        bet,
        canary.sum() / canaryCount - stable.sum() / stableCount,
        squares(canary, mean) * psi(bet / canaryCount)
            + squares(stable, mean) * psi(bet / stableCount),
        scale);
  }

  /** Adds a block of differences of pairs, each from -1 to 1; there is at least one. */
  void addPairs(long count, double sum, double sumOfSquares, double mean, double variance) {
    double bet = bet((double) count, variance / 4);
    double squares = sumOfSquares - 2 * mean * sum + count * mean * mean;
    add(bet, sum / count / 2, Math.max(0, squares) / 4 * psi(bet / count), 2);
  }

  /** Returns the bet on a block: at most half of the wealth on any value. */
  private double bet(double matched, double variance) {
    double seen = information + matched + 1;
    information += matched;
    return matched
        * Math.min(LARGEST_BET, Math.sqrt(2 * logLevel / (variance * seen * Math.log1p(seen))));
  }

  private void add(double bet, double difference, double spread, double scale) {
    weights += bet / scale;
    weighted += bet * difference;
    variation += spread;
  }

  private static double squares(Batch batch, double mean) {
    return Math.max(0, batch.sumOfSquares() - 2 * mean * batch.sum() + batch.count() * mean * mean);
  }

  private static double psi(double bet) {
    return -Math.log1p(-bet) - bet;
  }

  /** Returns the lower bound of canary minus stable; may be -∞. */
  double low() {
    return weights == 0 ? Double.NEGATIVE_INFINITY : (weighted - logLevel - variation) / weights;
  }

  /** Returns the upper bound of canary minus stable; may be ∞. */
  double high() {
    return weights == 0 ? Double.POSITIVE_INFINITY : (weighted + logLevel + variation) / weights;
  }

  double[] state() {
    return new double[] {weights, weighted, variation, information};
  }

  void restore(double[] state) {
    weights = state[0];
    weighted = state[1];
    variation = state[2];
    information = state[3];
  }
}

package io.gild.judging;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The blocks in which both versions had calls, and what they say: one test, the estimated
 * difference and its bounds.
 *
 * <p>The estimate weights each block with {@code n_s n_c / (n_s + n_c)} (Mantel and Haenszel 1959),
 * so that it compares calls of the same time only: a share that grows while the load changes does
 * not look like a difference.
 */
final class MatchedBlocks {

  private static final double LEAST_VARIANCE = 1e-12;

  private final BettingTest worse;
  private final BettingTest fine;
  private final DifferenceBounds bounds;

  private double stableCount;
  private double canaryCount;
  private double stableTotal;
  private double canaryTotal;
  private double weight;
  private double earlierCount;
  private double earlierSum;
  private double earlierSquares;

  /**
   * Creates the sums of no blocks.
   *
   * @param worse the test whose e-value speaks against the canary
   * @param fine the test whose e-value speaks for it
   * @param alpha level of the bounds
   */
  MatchedBlocks(BettingTest worse, BettingTest fine, double alpha) {
    this.worse = worse;
    this.fine = fine;
    this.bounds = new DifferenceBounds(alpha);
  }

  /** Adds a block of values 0 and 1; both sides have some. */
  void add(CountBatch stable, CountBatch canary, double worseOffset, double fineOffset) {
    double mean = (earlierSum + 0.5) / (earlierCount + 1);
    worse.add(stable, canary, worseOffset, mean, BettingTest.BERNOULLI);
    fine.add(stable, canary, fineOffset, mean, BettingTest.BERNOULLI);
    record(stable, canary, mean, mean * (1 - mean), 1);
  }

  /**
   * Adds a block of values from 0 to 1; both sides have some.
   *
   * @param scale by what the values were divided; offsets are not divided yet
   */
  void add(
      ValueBatch stable, ValueBatch canary, double worseOffset, double fineOffset, double scale) {
    double mean = (earlierSum / scale + 0.5) / (earlierCount + 1);
    mean = Math.min(mean, 1 - 0.5 / (earlierCount + 1)); // the scale may be smaller than before
    double spread = earlierSquares / scale / scale + 0.25 - (earlierCount + 1) * mean * mean;
    double variance =
        Math.max(
            spread / (earlierCount + 1), LEAST_VARIANCE + 0.25 * mean * mean / (earlierCount + 1));
    worse.add(stable, canary, worseOffset / scale, mean, variance);
    fine.add(stable, canary, fineOffset / scale, mean, variance);
    record(stable, canary, mean, variance, scale);
  }

  private void record(Batch stable, Batch canary, double mean, double variance, double scale) {
    bounds.add(stable, canary, mean, variance, scale);
    double total = (double) stable.count() + canary.count();
    stableCount += stable.count();
    canaryCount += canary.count();
    stableTotal += scale * stable.sum() * (canary.count() / total);
    canaryTotal += scale * canary.sum() * (stable.count() / total);
    weight += stable.count() * (canary.count() / total);
    earlierCount += stable.count();
    earlierSum += scale * stable.sum();
    earlierSquares += scale * scale * stable.sumOfSquares();
  }

  long stableCount() {
    return (long) stableCount;
  }

  long canaryCount() {
    return (long) canaryCount;
  }

  /** Returns the stable version's mean over matched calls, or {@code NaN}. */
  double stable() {
    return weight == 0 ? Double.NaN : stableTotal / weight;
  }

  /** Returns the canary's mean over matched calls, or {@code NaN}. */
  double canary() {
    return weight == 0 ? Double.NaN : canaryTotal / weight;
  }

  double low() {
    return bounds.low();
  }

  double high() {
    return bounds.high();
  }

  double logWorse() {
    return worse.logEvidence();
  }

  double logFine() {
    return fine.logEvidence();
  }

  Map<String, Object> state() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("worse", worse.wealth().state());
    state.put("fine", fine.wealth().state());
    state.put("bounds", SavedState.of(bounds.state()));
    state.put(
        "sums",
        SavedState.of(
            stableCount,
            canaryCount,
            stableTotal,
            canaryTotal,
            weight,
            earlierCount,
            earlierSum,
            earlierSquares));
    return state;
  }

  void restore(Map<?, ?> state) {
    worse.wealth().restore(SavedState.numbers(state, "worse"));
    fine.wealth().restore(SavedState.numbers(state, "fine"));
    bounds.restore(SavedState.numbers(state, "bounds", 4));
    double[] sums = SavedState.numbers(state, "sums", 8);
    stableCount = sums[0];
    canaryCount = sums[1];
    stableTotal = sums[2];
    canaryTotal = sums[3];
    weight = sums[4];
    earlierCount = sums[5];
    earlierSum = sums[6];
    earlierSquares = sums[7];
  }
}

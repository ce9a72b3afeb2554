package io.gild.judging;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Follows a quantile of the latency. With {@code t} the stable version's quantile in earlier
 * blocks, two shares of slow calls are compared:
 *
 * <ul>
 *   <li>against the canary: more of its calls than of the stable ones take longer than {@code t}
 *   <li>for the canary: fewer of its calls take longer than the tolerated time (such as {@code 1.1
 *       t}) than of the stable ones take longer than {@code t}; then the canary's quantile is below
 *       the tolerated one.
 * </ul>
 */
final class LatencyTracker extends CriterionTracker {

  private final Levels levels;
  private final EarlierValues stable;
  private final QuantileSketch canary = new QuantileSketch();
  private final Usable usable = new Usable();

  /** Against {@code t}; the second test is not read. */
  private final MatchedBlocks strict;

  /** The canary's calls against the tolerated time; the first test is not read. */
  private final MatchedBlocks tolerated;

  private final CountPool strictPool = new CountPool();
  private final CountPool toleratedPool = new CountPool();

  LatencyTracker(CanaryCriterion criterion, Levels levels) {
    super(criterion, levels);
    this.levels = levels;
    stable = new EarlierValues(earlier -> earlier.quantile(criterion.quantile()));
    strict = blocks(BettingTest.WORSE, new double[] {1}, levels);
    tolerated =
        blocks(
            criterion.proof() == CanaryCriterion.Proof.WORSE_THAN_TOLERATED
                ? BettingTest.WORSE
                : new double[] {1},
            BettingTest.FINE,
            levels);
  }

  private static MatchedBlocks blocks(double[] worse, double[] fine, Levels levels) {
    return new MatchedBlocks(new BettingTest(1, worse), new BettingTest(1, fine), levels.fail());
  }

  @Override
  void add(TrafficInterval interval) {
    double[] stableTimes = usable.of(interval.stable().latencies());
    double[] canaryTimes = usable.of(interval.canary().latencies());
    double limit = stable.level();
    if (!Double.isNaN(limit)) {
      Tolerance tolerance = criterion().tolerance();
      CountBatch slow = CountBatch.above(limit, stableTimes);
      add(strict, strictPool, slow, CountBatch.above(limit, canaryTimes));
      double longest = tolerance.factor() * limit + tolerance.offset();
      add(tolerated, toleratedPool, slow, CountBatch.above(longest, canaryTimes));
    }
    stable.add(stableTimes);
    for (double time : canaryTimes) {
      canary.add(time);
    }
  }

  private static void add(
      MatchedBlocks blocks, CountPool pool, CountBatch stable, CountBatch canary) {
    if (pool.fill(stable, canary)) {
      blocks.add(pool.stable(), pool.canary(), 0, 0);
      pool.clear();
    }
  }

  @Override
  Standing standing() {
    boolean isStrict = criterion().proof() == CanaryCriterion.Proof.WORSE_THAN_STABLE;
    return new Standing(
        strict.stableCount(),
        strict.canaryCount(),
        isStrict ? strict.logWorse() : tolerated.logWorse(),
        tolerated.logFine(),
        tolerated.canary() > tolerated.stable());
  }

  @Override
  HarmEstimate measured() {
    double quantile = criterion().quantile();
    QuantileSketch present = stable.values();
    double alpha = levels.fail() / 2;
    double stableLow = QuantileBounds.low(present, quantile, alpha);
    double stableHigh = QuantileBounds.high(present, quantile, alpha);
    double canaryLow = QuantileBounds.low(canary, quantile, alpha);
    double canaryHigh = QuantileBounds.high(canary, quantile, alpha);
    double stableValue = present.quantile(quantile);
    double canaryValue = canary.quantile(quantile);
    if (criterion().tolerance().relative()) {
      return new HarmEstimate(
          stableValue,
          canaryValue,
          ratio(canaryValue, stableValue),
          ratio(canaryLow, stableHigh),
          ratio(canaryHigh, stableLow));
    }
    return new HarmEstimate(
        stableValue,
        canaryValue,
        canaryValue - stableValue,
        canaryLow - stableHigh,
        canaryHigh - stableLow);
  }

  private static double ratio(double canaryTime, double stableTime) {
    return canaryTime == stableTime ? 0 : canaryTime / stableTime - 1;
  }

  @Override
  long unusable() {
    return usable.dropped();
  }

  @Override
  Map<String, Object> state() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("stable", stable.state());
    state.put("canary", canary.state());
    state.put("strict", strict.state());
    state.put("strict-pool", SavedState.of(strictPool.state()));
    state.put("tolerated", tolerated.state());
    state.put("tolerated-pool", SavedState.of(toleratedPool.state()));
    state.put("unusable", usable.dropped());
    return state;
  }

  @Override
  void restore(Map<?, ?> state) {
    stable.restore(SavedState.map(state, "stable"));
    canary.restore(SavedState.map(state, "canary"));
    strict.restore(SavedState.map(state, "strict"));
    strictPool.restore(SavedState.numbers(state, "strict-pool", 4));
    tolerated.restore(SavedState.map(state, "tolerated"));
    toleratedPool.restore(SavedState.numbers(state, "tolerated-pool", 4));
    usable.restore(SavedState.whole(state, "unusable"));
  }
}

package io.gild.judging;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Follows a mean of costs or tokens. Values above a cap count as the cap: a mean with a heavy tail
 * cannot be tested otherwise. The cap is the stable version's 99th percentile in earlier blocks,
 * but at least three times its median, so that it leaves room for harm where all values are about
 * equal. Harm that is only above the cap is not seen.
 */
final class ValueTracker extends CriterionTracker {

  private static final double TAIL = 0.99;
  private static final double ROOM = 3;

  private final EarlierValues earlier = new EarlierValues(ValueTracker::cap);

  /** Gives the cap if the stable version costs nothing. */
  private final EarlierValues earlierCanary = new EarlierValues(ValueTracker::cap);

  private final Usable usable = new Usable();
  private final MatchedBlocks blocks;
  private final ValuePool pool = new ValuePool();

  ValueTracker(CanaryCriterion criterion, Levels levels) {
    super(criterion, levels);
    BettingTest fine = new BettingTest(criterion.tolerance().factor(), BettingTest.FINE);
    blocks = new MatchedBlocks(worse(criterion), fine, levels.fail());
  }

  private static double cap(QuantileSketch values) {
    return Math.max(values.quantile(TAIL), ROOM * values.quantile(0.5));
  }

  @Override
  void add(TrafficInterval interval) {
    double[] stable = usable.of(values(interval.stable()));
    double[] canary = usable.of(values(interval.canary()));
    double cap = earlier.level();
    if (!Double.isNaN(cap) && pool.fill(stable, canary)) {
      compare(cap > 0 ? cap : capOfCanary());
      pool.clear();
    }
    earlier.add(stable);
    earlierCanary.add(canary);
  }

  private double capOfCanary() {
    double cap = earlierCanary.level();
    return cap > 0 ? cap : 1;
  }

  private void compare(double cap) {
    Tolerance tolerance = criterion().tolerance();
    blocks.add(
        new ValueBatch(pool.stable(), cap),
        new ValueBatch(pool.canary(), cap),
        worseOffset(criterion()),
        tolerance.offset(),
        cap);
  }

  private double[] values(CallSamples samples) {
    return criterion().kind() == CanaryCriterion.Kind.COST ? samples.costs() : samples.tokens();
  }

  @Override
  Standing standing() {
    return standing(blocks);
  }

  @Override
  HarmEstimate measured() {
    return measured(blocks);
  }

  @Override
  long unusable() {
    return usable.dropped();
  }

  @Override
  Map<String, Object> state() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("earlier", earlier.state());
    state.put("earlier-canary", earlierCanary.state());
    state.put("blocks", blocks.state());
    state.put("stable-pool", SavedState.of(pool.stable()));
    state.put("canary-pool", SavedState.of(pool.canary()));
    state.put("unusable", usable.dropped());
    return state;
  }

  @Override
  void restore(Map<?, ?> state) {
    earlier.restore(SavedState.map(state, "earlier"));
    earlierCanary.restore(SavedState.map(state, "earlier-canary"));
    blocks.restore(SavedState.map(state, "blocks"));
    pool.restore(
        SavedState.numbers(state, "stable-pool"), SavedState.numbers(state, "canary-pool"));
    usable.restore(SavedState.whole(state, "unusable"));
  }
}

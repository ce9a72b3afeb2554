package io.gild.judging;

import java.util.LinkedHashMap;
import java.util.Map;

/** Follows an error rate or a refusal rate. */
final class RateTracker extends CriterionTracker {

  private final MatchedBlocks blocks;
  private final CountPool pool = new CountPool();

  RateTracker(CanaryCriterion criterion, Levels levels) {
    super(criterion, levels);
    BettingTest fine = new BettingTest(criterion.tolerance().factor(), BettingTest.FINE);
    blocks = new MatchedBlocks(worse(criterion), fine, levels.fail());
  }

  @Override
  void add(TrafficInterval interval) {
    if (pool.fill(counts(interval.stable()), counts(interval.canary()))) {
      blocks.add(
          pool.stable(), pool.canary(), worseOffset(criterion()), criterion().tolerance().offset());
      pool.clear();
    }
  }

  /** A refused call had no chance to fail. */
  private CountBatch counts(CallSamples samples) {
    return criterion().kind() == CanaryCriterion.Kind.REFUSAL_RATE
        ? new CountBatch(samples.requests(), samples.refusals())
        : new CountBatch(samples.requests() - samples.refusals(), samples.errors());
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
    return 0;
  }

  @Override
  Map<String, Object> state() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("blocks", blocks.state());
    state.put("pool", SavedState.of(pool.state()));
    return state;
  }

  @Override
  void restore(Map<?, ?> state) {
    blocks.restore(SavedState.map(state, "blocks"));
    pool.restore(SavedState.numbers(state, "pool", 4));
  }
}

package io.gild.judging;

import java.util.Map;

/** Follows one criterion through a rollout. */
abstract class CriterionTracker {

  private final CanaryCriterion criterion;
  private final Levels levels;

  CriterionTracker(CanaryCriterion criterion, Levels levels) {
    this.criterion = criterion;
    this.levels = levels;
  }

  static CriterionTracker of(CanaryCriterion criterion, Levels levels) {
    return switch (criterion.kind()) {
      case ERROR_RATE, REFUSAL_RATE -> new RateTracker(criterion, levels);
      case LATENCY -> new LatencyTracker(criterion, levels);
      case COST, TOKENS -> new ValueTracker(criterion, levels);
      case GOLDEN_SCORE -> new ScoreTracker(criterion, levels);
    };
  }

  abstract void add(TrafficInterval interval);

  abstract Standing standing();

  abstract HarmEstimate measured();

  /** Returns how many values were left out. */
  abstract long unusable();

  abstract Map<String, Object> state();

  abstract void restore(Map<?, ?> state);

  final CanaryCriterion criterion() {
    return criterion;
  }

  final CanaryVerdict verdict() {
    return standing().verdict(criterion.minimum(), levels);
  }

  final CriterionVerdict judge() {
    Standing standing = standing();
    CanaryVerdict verdict = standing.verdict(criterion.minimum(), levels);
    HarmEstimate measured = proven(verdict);
    return new CriterionVerdict(
        criterion.name(),
        verdict,
        standing.stableCount(),
        standing.canaryCount(),
        measured.stable(),
        measured.canary(),
        measured.harm(),
        measured.low(),
        measured.high(),
        Math.exp(standing.logWorse()),
        1 / levels.fail(),
        unusable(),
        VerdictText.of(criterion, levels, standing, measured, verdict, unusable()));
  }

  /** The tests are stronger than the bounds, and a reader must not see them disagree. */
  private HarmEstimate proven(CanaryVerdict verdict) {
    double tolerance = criterion.tolerance().amount();
    return switch (verdict) {
      case PASS -> measured().within(tolerance, true);
      case FAIL ->
          measured()
              .within(
                  criterion.proof() == CanaryCriterion.Proof.WORSE_THAN_STABLE ? 0 : tolerance,
                  false);
      case INCONCLUSIVE, NODATA -> measured();
    };
  }

  /** Returns the test whose e-value speaks against the canary. */
  static BettingTest worse(CanaryCriterion criterion) {
    return new BettingTest(
        criterion.proof() == CanaryCriterion.Proof.WORSE_THAN_STABLE
            ? 1
            : criterion.tolerance().factor(),
        BettingTest.WORSE);
  }

  /** Returns the offset of that test. */
  static double worseOffset(CanaryCriterion criterion) {
    return criterion.proof() == CanaryCriterion.Proof.WORSE_THAN_STABLE
        ? 0
        : criterion.tolerance().offset();
  }

  /** Returns the values of a rate or a mean. */
  final HarmEstimate measured(MatchedBlocks blocks) {
    double stable = blocks.stable();
    double difference = blocks.canary() - stable;
    if (!criterion.tolerance().relative()) {
      return new HarmEstimate(stable, blocks.canary(), difference, blocks.low(), blocks.high());
    }
    return new HarmEstimate(
        stable,
        blocks.canary(),
        ratio(difference, stable),
        ratio(blocks.low(), stable),
        ratio(blocks.high(), stable));
  }

  /** Zero of zero is no harm; bounds of no calls stay infinite. */
  private static double ratio(double difference, double stable) {
    return difference == 0 || Double.isNaN(stable) ? difference : difference / stable;
  }

  /** Returns how a rate or a mean stands. */
  final Standing standing(MatchedBlocks blocks) {
    Tolerance tolerance = criterion.tolerance();
    return new Standing(
        blocks.stableCount(),
        blocks.canaryCount(),
        blocks.logWorse(),
        blocks.logFine(),
        blocks.canary() > tolerance.factor() * blocks.stable() + tolerance.offset());
  }
}

package io.gild.operations;

import io.gild.config.Durations;
import io.gild.judging.CanaryCriterion;
import io.gild.judging.ExpectedValue;
import io.gild.judging.JudgeRates;
import io.gild.judging.RequiredTraffic;
import io.gild.operations.spi.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How many calls the verdicts of a rollout need, and whether its steps can bring them. The present
 * version is assumed to fail 1 % of its calls, its latency and cost to vary as much as their mean,
 * and its golden scores by a half.
 */
final class TrafficEstimate {

  private static final ExpectedValue RATE = ExpectedValue.rate(0.01);
  private static final ExpectedValue VALUE = new ExpectedValue(1, 1);
  private static final ExpectedValue SCORE = new ExpectedValue(1, 0.5);
  private static final double FALSE_PASS = 0.05;

  private final RolloutPlan plan;

  TrafficEstimate(RolloutPlan plan) {
    this.plan = plan;
  }

  /** Returns a sentence for each criterion, and one for what cannot be decided. */
  List<String> lines() {
    List<CanaryCriterion> criteria = RolloutJudge.criteria(plan);
    JudgeRates rates = new JudgeRates(plan.defaults().falseRollbackRate(), FALSE_PASS);
    List<String> lines = new ArrayList<>();
    for (CanaryCriterion each : criteria) {
      lines.add(
          line(
              each,
              RequiredTraffic.of(
                  each, criteria.size(), rates, lastShare(), expected(each), harm(each))));
    }
    return lines;
  }

  private String line(CanaryCriterion criterion, RequiredTraffic needed) {
    boolean golden = criterion.kind() == CanaryCriterion.Kind.GOLDEN_SCORE;
    String unit = golden ? "golden tasks" : "calls of the new version";
    if (Double.isInfinite(needed.toPass())) {
      return criterion.name()
          + " can never pass: with a tolerance of "
          + criterion.tolerance().amount()
          + " no number of calls proves that an equal version is not worse";
    }
    String line =
        String.format(
            Locale.ROOT,
            "%s needs about %,.0f %s to pass",
            criterion.name(),
            needed.toPass(),
            unit);
    double present = golden ? tasks() : calls();
    if (Double.isNaN(present) || needed.canPass(present)) {
      return line;
    }
    return line
        + String.format(
            Locale.ROOT,
            ", but the steps bring about %,.0f within %s each: it will not be decided",
            present,
            Durations.format(plan.maxStepDuration()));
  }

  /** Returns how many calls the new version gets in all steps; NaN if the traffic is unknown. */
  private double calls() {
    Double perSecond = plan.settings().callsPerSecond();
    if (perSecond == null) {
      return Double.NaN;
    }
    double shares =
        plan.shares().stream().filter(each -> each < Share.ALL).mapToInt(each -> each).sum();
    return perSecond * shares / Share.ALL * plan.maxStepDuration().toSeconds();
  }

  private double tasks() {
    GoldenSettings golden = plan.settings().golden();
    if (golden == null || golden.every() == null) {
      return Double.NaN;
    }
    long steps = plan.shares().stream().filter(each -> each < Share.ALL).count();
    return (double) steps * plan.maxStepDuration().toMillis() / golden.every().toMillis();
  }

  /** Returns the share of the last step in which both versions answer. */
  private double lastShare() {
    int last = 0;
    for (int each : plan.shares()) {
      last = each < Share.ALL ? each : last;
    }
    return last == 0 ? 0.5 : (double) last / Share.ALL;
  }

  private static ExpectedValue expected(CanaryCriterion criterion) {
    return switch (criterion.kind()) {
      case ERROR_RATE, REFUSAL_RATE -> RATE;
      case LATENCY, COST, TOKENS -> VALUE;
      case GOLDEN_SCORE -> SCORE;
    };
  }

  private static double harm(CanaryCriterion criterion) {
    return 2 * criterion.tolerance().amount();
  }
}

package io.gild.operations;

import io.gild.core.GildLog;
import io.gild.judging.Assessment;
import io.gild.judging.CallSamples;
import io.gild.judging.CanaryCriterion;
import io.gild.judging.CanaryJudge;
import io.gild.judging.CanaryVerdict;
import io.gild.judging.CriterionVerdict;
import io.gild.judging.Guard;
import io.gild.judging.GuardLimits;
import io.gild.judging.JudgeRates;
import io.gild.judging.Tolerance;
import io.gild.judging.TrafficInterval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The judge of a rollout: the criteria of its settings, and its guard. A criterion of which neither
 * version reported anything although there are enough calls, such as the cost of agents that call
 * no model, is left out of the verdict.
 */
final class RolloutJudge {

  private static final double FALSE_PASS = 0.05;
  private static final double NANOS = 1e9;
  private static final int MOST_INTERVALS = 3_600;

  private final List<CanaryCriterion> criteria;
  private final JudgeRates rates;
  private final GuardLimits limits;
  private Guard guard;
  private CanaryJudge judge;
  private @Nullable Assessment assessed;
  private long enough;
  private boolean incomplete;

  RolloutJudge(RolloutPlan plan) {
    this.criteria = criteria(plan);
    this.rates = new JudgeRates(plan.defaults().falseRollbackRate(), FALSE_PASS);
    this.limits = limits(plan);
    this.guard = new Guard(limits);
    this.judge = CanaryJudge.of(criteria, rates);
  }

  /** Returns the criteria of a rollout. */
  static List<CanaryCriterion> criteria(RolloutPlan plan) {
    CriteriaSettings settings = plan.criteria();
    List<CanaryCriterion> criteria = new ArrayList<>();
    ToleranceSettings errors = settings.errorRate();
    if (errors != null) {
      criteria.add(
          CanaryCriterion.errorRate(Tolerance.absolute(errors.tolerance()))
              .withMinimum(errors.minCalls()));
    }
    ToleranceSettings refusals = settings.refusalRate();
    if (refusals != null) {
      criteria.add(
          CanaryCriterion.refusalRate(Tolerance.absolute(refusals.tolerance()))
              .withMinimum(refusals.minCalls()));
    }
    LatencySettings latency = settings.latency();
    if (latency != null) {
      criteria.add(
          CanaryCriterion.latency(latency.quantile(), Tolerance.relative(latency.tolerance()))
              .withMinimum(latency.minCalls()));
    }
    ToleranceSettings cost = settings.cost();
    if (cost != null) {
      criteria.add(
          CanaryCriterion.cost(Tolerance.relative(cost.tolerance())).withMinimum(cost.minCalls()));
    }
    ToleranceSettings tokens = settings.tokens();
    if (tokens != null) {
      criteria.add(
          CanaryCriterion.tokens(Tolerance.relative(tokens.tolerance()))
              .withMinimum(tokens.minCalls()));
    }
    ToleranceSettings golden = settings.goldenScore();
    if (golden != null && plan.settings().golden() != null) {
      criteria.add(
          CanaryCriterion.goldenScore(Tolerance.absolute(golden.tolerance()))
              .withMinimum(golden.minCalls()));
    }
    return criteria;
  }

  /**
   * Adds what was measured.
   *
   * @param read intervals of the same time
   * @param settled whether the present version gets no calls, so that nothing can be compared
   * @param missing whether something cannot be measured that the settings ask for
   * @return why the new version has to be taken back at once, or an empty text
   */
  String add(List<TrafficInterval> read, boolean settled, boolean missing) {
    assessed = null;
    incomplete = missing;
    TrafficInterval all =
        new TrafficInterval(
            joined(read, TrafficInterval::stable),
            joined(read, TrafficInterval::canary),
            read.stream().flatMap(each -> each.golden().stream()).toList());
    if (!settled) {
      judge.add(all);
      enough += all.canary().requests();
    }
    return guard.add(all).map(reason -> "guard: " + reason).orElse("");
  }

  /** Joins what several sources measured; at most one of them counts calls. */
  private static CallSamples joined(
      List<TrafficInterval> read, Function<TrafficInterval, CallSamples> side) {
    CallSamples joined = CallSamples.none();
    for (TrafficInterval each : read) {
      CallSamples samples = side.apply(each);
      joined =
          new CallSamples(
              joined.requests() + samples.requests(),
              joined.errors() + samples.errors(),
              joined.refusals() + samples.refusals(),
              joined(joined.latencies(), samples.latencies()),
              joined(joined.costs(), samples.costs()),
              joined(joined.tokens(), samples.tokens()));
    }
    return joined;
  }

  private static double[] joined(double[] first, double[] second) {
    double[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private static GuardLimits limits(RolloutPlan plan) {
    GuardSettings settings = plan.guard();
    Duration latency = settings.latency();
    Double cost = settings.cost();
    Double errors = settings.errorRate();
    long intervals = settings.window().dividedBy(plan.defaults().interval());
    return new GuardLimits(
        (int) Math.min(MOST_INTERVALS, Math.max(1, intervals)),
        settings.minCalls(),
        errors == null ? 1 : errors,
        latency == null ? Double.POSITIVE_INFINITY : latency.toNanos() / NANOS,
        cost == null ? Double.POSITIVE_INFINITY : cost);
  }

  Assessment assess() {
    Assessment known = assessed;
    if (known == null) {
      known = withoutAbsent(judge.assess());
      assessed = known;
    }
    return known;
  }

  /**
   * Leaves out what neither version reported, unless it is only missing at the moment: then there
   * is no verdict but a failure.
   */
  private Assessment withoutAbsent(Assessment assessment) {
    if (incomplete) {
      return assessment.verdict() == CanaryVerdict.FAIL
          ? assessment
          : new Assessment(CanaryVerdict.NODATA, assessment.criteria());
    }
    List<CriterionVerdict> present = new ArrayList<>();
    for (int i = 0; i < criteria.size(); i++) {
      CriterionVerdict each = assessment.criteria().get(i);
      boolean absent =
          each.verdict() == CanaryVerdict.NODATA
              && each.stableCount() == 0
              && each.canaryCount() == 0
              && enough >= criteria.get(i).minimum()
              && criteria.get(i).kind() != CanaryCriterion.Kind.GOLDEN_SCORE;
      if (!absent) {
        present.add(each);
      }
    }
    return present.size() == criteria.size() || present.isEmpty()
        ? assessment
        : new Assessment(overall(present), present);
  }

  /** Returns the worst verdict, which is the first of these that a criterion has. */
  private static CanaryVerdict overall(List<CriterionVerdict> present) {
    for (CanaryVerdict verdict :
        List.of(CanaryVerdict.FAIL, CanaryVerdict.NODATA, CanaryVerdict.INCONCLUSIVE)) {
      if (present.stream().anyMatch(each -> each.verdict() == verdict)) {
        return verdict;
      }
    }
    return CanaryVerdict.PASS;
  }

  /** Returns a sentence for each criterion that explains an overall verdict. */
  static String reason(Assessment assessment) {
    String reason =
        assessment.decisive().stream()
            .map(each -> each.name() + ": " + each.reason())
            .collect(Collectors.joining("; "));
    return reason.isEmpty() ? "something cannot be measured at the moment" : reason;
  }

  /** Forgets all calls. */
  void restart() {
    judge = CanaryJudge.of(criteria, rates);
    guard = new Guard(limits);
    assessed = null;
    enough = 0;
  }

  Map<String, @Nullable Object> state() {
    Map<String, @Nullable Object> state = new LinkedHashMap<>();
    state.put("judge", judge.state());
    state.put("calls", enough);
    return state;
  }

  void restore(Map<?, ?> state) {
    if (!(state.get("judge") instanceof Map<?, ?> known)) {
      return;
    }
    try {
      judge = CanaryJudge.restore(criteria, rates, known);
      enough = RolloutLines.number(state, "calls");
    } catch (RuntimeException otherCriteria) {
      GildLog.faultOnce("What was measured before, so the comparison starts anew", otherCriteria);
    }
  }
}

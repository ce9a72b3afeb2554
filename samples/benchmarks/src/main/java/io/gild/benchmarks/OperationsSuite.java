package io.gild.benchmarks;

import io.gild.judging.CanaryCriterion;
import io.gild.judging.CanaryJudge;
import io.gild.judging.CanaryVerdict;
import io.gild.judging.JudgeRates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * How often judges of rollouts are wrong, and what they need: simulated, with fixed seeds. What a
 * crash and a switch do to requests: measured behind HAProxy.
 */
final class OperationsSuite {

  private static final int ROLLOUTS = 10_000;
  private static final int POWER_ROLLOUTS = 1_000;
  private static final int QUICK_PART = 10;

  /** Sorting all calls each minute is slow. */
  private static final int SLOW_PART = 5;

  private static final long SEED = 20_261_130;

  private final BenchmarkOptions options;
  private final Consumer<String> progress;
  private final boolean quick;
  private final List<Row> rows = new ArrayList<>();

  private OperationsSuite(BenchmarkOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
    this.quick = options.effort().rounds() < Effort.USUAL.rounds();
  }

  static List<Row> run(BenchmarkOptions options, Consumer<String> progress) throws Exception {
    OperationsSuite suite = new OperationsSuite(options, progress);
    suite.measure("aa-false-rollback", RolloutScenario.same(), ROLLOUTS);
    suite.measure("power-error-rate", RolloutScenario.errors(), POWER_ROLLOUTS);
    suite.measure("power-latency", RolloutScenario.latency(), POWER_ROLLOUTS);
    suite.measure("power-quality", RolloutScenario.quality(), POWER_ROLLOUTS);
    RolloutMeasurements rollouts = new RolloutMeasurements(suite.quick);
    suite.behindHaproxy("switch-failures", rollouts::switches);
    suite.behindHaproxy("crash-to-rollback-seconds", rollouts::crashes);
    return suite.rows;
  }

  private void behindHaproxy(String name, Callable<Row> measured) throws Exception {
    if (!name.startsWith(options.only())) {
      return;
    }
    if (RolloutMeasurements.canRun()) {
      progress.accept(name);
      rows.add(measured.call());
    } else {
      progress.accept(name + ": not run: haproxy is not installed");
    }
  }

  private void measure(String name, RolloutScenario scenario, int rollouts) {
    if (!name.startsWith(options.only())) {
      return;
    }
    progress.accept(name);
    int runs = quick ? rollouts / QUICK_PART : rollouts;
    Outcome ours = Outcome.of(scenario, runs, OperationsSuite::judge);
    others()
        .forEach((other, judge) -> {
          int count = other.startsWith("repeated") ? runs / SLOW_PART : runs;
          Outcome outcome = Outcome.of(scenario, count, judge);
          rows.add(
              new Row(
                  name + " / " + other, "%", ours.score(), outcome.score(), ours + "; " + outcome));
        });
  }

  private static LookingJudge judge() {
    CanaryJudge judge = CanaryJudge.of(CanaryCriterion.DEFAULTS, JudgeRates.DEFAULT);
    return second -> {
      judge.add(second);
      return judge.verdict() == CanaryVerdict.FAIL;
    };
  }

  private static Map<String, Supplier<LookingJudge>> others() {
    Map<String, Supplier<LookingJudge>> others = new LinkedHashMap<>();
    others.put("strict thresholds", () -> new ThresholdJudge(1, 1));
    others.put("patient thresholds", () -> new ThresholdJudge(2, 5));
    others.put("repeated tests", RepeatedTests::new);
    return others;
  }

  /**
   * What a judge did in many rollouts.
   *
   * @param rollouts how many there were
   * @param needed the canary's calls until the rollback, for each rollout that was rolled back;
   *     sorted
   */
  private record Outcome(int rollouts, double[] needed) {

    static Outcome of(RolloutScenario scenario, int rollouts, Supplier<LookingJudge> judge) {
      double[] needed =
          IntStream.range(0, rollouts)
              .parallel()
              .mapToDouble(i -> new SimulatedRollout(scenario, SEED + i).run(judge.get()))
              .filter(calls -> calls >= 0)
              .sorted()
              .toArray();
      return new Outcome(rollouts, needed);
    }

    private double share() {
      return (double) needed.length / rollouts;
    }

    /** The error is that of a 99.9 % interval, as in all rows. */
    Score score() {
      double error = 3.29 * Math.sqrt(share() * (1 - share()) / rollouts);
      return new Score(100 * share(), 100 * error, Double.NaN, Double.NaN);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d of %d rolled back after %.0f calls of the new version (median; p90 %.0f)",
          needed.length,
          rollouts,
          SimulatedRollout.quantile(needed, 0.5),
          SimulatedRollout.quantile(needed, 0.9));
    }
  }
}

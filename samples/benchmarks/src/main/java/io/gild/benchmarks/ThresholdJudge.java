package io.gild.benchmarks;

import io.gild.judging.CallSamples;
import io.gild.judging.ScorePair;
import io.gild.judging.TrafficInterval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Compares both versions with plain thresholds in each minute's window, and rolls back after a
 * number of failed minutes: what a metric template or a webhook check of a rollout controller
 * usually does.
 */
final class ThresholdJudge implements LookingJudge {

  private static final int MINUTE = 60;
  private static final double TAIL = 0.95;

  private final double scale;
  private final int failures;
  private final List<TrafficInterval> minute = new ArrayList<>();
  private int failed;

  /**
   * Creates a judge.
   *
   * @param scale factor of the tolerances 0.5 points of errors, 10 % of latency and cost, and 2
   *     points of the score
   * @param failures after how many failed minutes it rolls back
   */
  ThresholdJudge(double scale, int failures) {
    this.scale = scale;
    this.failures = failures;
  }

  @Override
  public boolean rollsBack(TrafficInterval second) {
    minute.add(second);
    if (minute.size() == MINUTE) {
      failed += isWorse() ? 1 : 0;
      minute.clear();
    }
    return failed >= failures;
  }

  /** Comparisons with NaN, where a version had no calls, are false. */
  private boolean isWorse() {
    double[] stableTimes = values(TrafficInterval::stable, CallSamples::latencies);
    double[] canaryTimes = values(TrafficInterval::canary, CallSamples::latencies);
    double allowed = 1 + 0.1 * scale;
    return errorRate(TrafficInterval::canary) > errorRate(TrafficInterval::stable) + 0.005 * scale
        || tail(canaryTimes) > allowed * tail(stableTimes)
        || mean(values(TrafficInterval::canary, CallSamples::costs))
            > allowed * mean(values(TrafficInterval::stable, CallSamples::costs))
        || score(ScorePair::canary) < score(ScorePair::stable) - 0.02 * scale;
  }

  private double errorRate(Function<TrafficInterval, CallSamples> side) {
    long calls = minute.stream().map(side).mapToLong(CallSamples::requests).sum();
    long errors = minute.stream().map(side).mapToLong(CallSamples::errors).sum();
    return (double) errors / calls;
  }

  private double[] values(
      Function<TrafficInterval, CallSamples> side, Function<CallSamples, double[]> values) {
    return minute.stream().map(side).map(values).flatMapToDouble(Arrays::stream).toArray();
  }

  private static double tail(double[] values) {
    return SimulatedRollout.quantile(SimulatedRollout.sorted(values), TAIL);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  private double score(Function<ScorePair, Double> side) {
    return minute.stream()
        .flatMap(each -> each.golden().stream())
        .mapToDouble(side::apply)
        .average()
        .orElse(Double.NaN);
  }
}

package io.gild.benchmarks;

import io.gild.judging.CallSamples;
import io.gild.judging.ScorePair;
import io.gild.judging.TrafficInterval;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** Half an hour with ten calls a second and a golden task every five seconds. */
final class SimulatedRollout {

  static final int SECONDS = 1_800;

  private static final int CALLS = 10;
  private static final int GOLDEN_EVERY = 5;
  private static final double LATENCY_SIGMA = 0.8;
  private static final double COST_SIGMA = 1.2;
  private static final double SCORE = 0.85;
  private static final double NOISE = 0.2 / Math.sqrt(2);

  private final RolloutScenario scenario;
  private final RandomGenerator random;

  SimulatedRollout(RolloutScenario scenario, long seed) {
    this.scenario = scenario;
    this.random = new SplittableRandom(seed);
  }

  /**
   * Runs until the judge rolls back.
   *
   * @return how many calls of the new version that took, or -1 if the rollout came to its end
   */
  long run(LookingJudge judge) {
    long canaryCalls = 0;
    for (int second = 0; second < SECONDS; second++) {
      double[] shares = scenario.shares();
      double share = shares[second * shares.length / SECONDS];
      TrafficInterval interval = second(second, share);
      canaryCalls += interval.canary().requests();
      if (judge.rollsBack(interval)) {
        return canaryCalls;
      }
    }
    return -1;
  }

  private TrafficInterval second(int second, double share) {
    int canary = 0;
    for (int i = 0; i < CALLS; i++) {
      if (random.nextDouble() < share) {
        canary++;
      }
    }
    CallSamples stable = calls(CALLS - canary, RolloutScenario.ERROR_RATE, 1, 1);
    CallSamples tested = calls(canary, scenario.errorRate(), scenario.slower(), scenario.dearer());
    return new TrafficInterval(
        stable, tested, second % GOLDEN_EVERY == 0 ? List.of(golden()) : List.of());
  }

  private CallSamples calls(int calls, double errorRate, double slower, double dearer) {
    int errors = 0;
    double[] latencies = new double[calls];
    double[] costs = new double[calls];
    for (int i = 0; i < calls; i++) {
      if (random.nextDouble() < errorRate) {
        errors++;
      }
      latencies[i] = slower * Math.exp(LATENCY_SIGMA * random.nextGaussian());
      costs[i] = dearer * 0.001 * Math.exp(COST_SIGMA * random.nextGaussian());
    }
    return new CallSamples(calls, errors, 0, latencies, costs, new double[0]);
  }

  private ScorePair golden() {
    return new ScorePair("task", score(0), score(scenario.worse()));
  }

  private double score(double worse) {
    return Math.min(1, Math.max(0, SCORE - worse + NOISE * random.nextGaussian()));
  }

  /** Returns a quantile of sorted numbers. */
  static double quantile(double[] sorted, double quantile) {
    return sorted.length == 0
        ? Double.NaN
        : sorted[(int) Math.min(sorted.length - 1L, (long) (quantile * sorted.length))];
  }

  static double[] sorted(double[] values) {
    double[] copy = values.clone();
    Arrays.sort(copy);
    return copy;
  }
}

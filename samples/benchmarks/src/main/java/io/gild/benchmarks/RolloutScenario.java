package io.gild.benchmarks;

/**
 * How a new version differs from the stable one. Both have 1 % errors, a lognormal latency with a
 * median of one second (σ = 0.8), a lognormal cost with a heavier tail (σ = 1.2), and golden tasks
 * whose scores are around 0.85 and differ by 0.2 between two answers (standard deviation of the
 * difference of a pair).
 *
 * @param errorRate error rate of the new version
 * @param slower factor of its latencies
 * @param dearer factor of its costs
 * @param worse by how much its scores are lower
 * @param shares the new version's share of the traffic in each step
 */
record RolloutScenario(
    double errorRate, double slower, double dearer, double worse, double[] shares) {

  static final double ERROR_RATE = 0.01;

  private static final double[] STEPS = {0.01, 0.1, 0.25, 0.5, 1};
  private static final double[] TENTH = {0.1};

  static RolloutScenario same() {
    return new RolloutScenario(ERROR_RATE, 1, 1, 0, STEPS);
  }

  static RolloutScenario errors() {
    return new RolloutScenario(2 * ERROR_RATE, 1, 1, 0, TENTH);
  }

  static RolloutScenario latency() {
    return new RolloutScenario(ERROR_RATE, 1.2, 1, 0, TENTH);
  }

  static RolloutScenario quality() {
    return new RolloutScenario(ERROR_RATE, 1, 1, 0.05, TENTH);
  }
}

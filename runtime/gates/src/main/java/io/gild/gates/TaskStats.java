package io.gild.gates;

import io.gild.config.Experimental;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;

/**
 * Statistics of the runs of one golden task.
 *
 * @param key the task
 * @param runs its runs, in their order; at least one
 * @param retried how many of them failed and were run again until they passed
 */
@Experimental
public record TaskStats(TaskKey key, List<TaskResult> runs, int retried) {

  /** Checks and copies the runs. */
  public TaskStats {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("golden task " + key + " must have runs, but has none");
    }
    runs = List.copyOf(runs);
  }

  /**
   * Creates the statistics of runs without repeated ones.
   *
   * @param key the task
   * @param runs its runs
   */
  public TaskStats(TaskKey key, List<TaskResult> runs) {
    this(key, runs, 0);
  }

  /**
   * Returns the runs that passed.
   *
   * @return their number
   */
  public int passes() {
    return (int) runs.stream().filter(TaskResult::passed).count();
  }

  /**
   * Returns the runs that count as evidence about the agent.
   *
   * @return their number
   */
  public int decided() {
    return (int) runs.stream().filter(run -> run.outcome().isDecided()).count();
  }

  /**
   * Returns the runs that were not judged, or that did not happen.
   *
   * @return their number
   */
  public int undecided() {
    return runs.size() - decided();
  }

  /**
   * Returns the share of decided runs that passed.
   *
   * @return from 0 to 1; 0 if none is decided
   */
  public double rate() {
    return decided() == 0 ? 0 : (double) passes() / decided();
  }

  /**
   * Returns whether the task passed in more than half of its decided runs.
   *
   * @return whether it counts as passed in a comparison
   */
  public boolean passed() {
    return passes() * 2 > decided();
  }

  /**
   * Returns whether the runs disagree.
   *
   * @return whether some passed and some did not
   */
  public boolean isFlaky() {
    return passes() > 0 && passes() < decided();
  }

  /**
   * Estimates the probability that k runs all pass, without bias: the share of all choices of k
   * decided runs in which all passed.
   *
   * <p>Source: pass^k of Yao et al., tau-bench, arXiv 2406.12045 (2024).
   *
   * @param k from 1 to {@link #decided()}
   * @return from 0 to 1
   */
  public double passHat(int k) {
    checkChoice(k);
    double all = 1;
    for (int i = 0; i < k; i++) {
      all *= (double) (passes() - i) / (decided() - i);
      if (all <= 0) {
        return 0;
      }
    }
    return all;
  }

  /**
   * Estimates the probability that at least one of k runs passes, without bias.
   *
   * <p>Source: pass@k of Chen et al., arXiv 2107.03374 (2021).
   *
   * @param k from 1 to {@link #decided()}
   * @return from 0 to 1
   */
  public double passAt(int k) {
    checkChoice(k);
    double none = 1;
    for (int i = 0; i < k; i++) {
      none *= Math.max(0, (double) (decided() - passes() - i) / (decided() - i));
    }
    return 1 - none;
  }

  private void checkChoice(int k) {
    if (k < 1 || k > decided()) {
      throw new IllegalArgumentException(
          "k must be from 1 to the " + decided() + " decided runs of " + key + ", but is " + k);
    }
  }

  /**
   * Returns the mean score of the decided runs.
   *
   * @return from 0 to 1; 0 if none is decided
   */
  public double score() {
    return runs.stream()
        .filter(run -> run.outcome().isDecided())
        .mapToDouble(TaskResult::score)
        .average()
        .orElse(0);
  }

  /**
   * Returns the mean cost of the runs that happened.
   *
   * @return US dollars
   */
  public BigDecimal costUsd() {
    List<TaskResult> happened = happened();
    return happened.isEmpty()
        ? BigDecimal.ZERO
        : happened.stream()
            .map(run -> run.spent().costUsd())
            .reduce(BigDecimal.ZERO, BigDecimal::add)
            .divide(BigDecimal.valueOf(happened.size()), 9, RoundingMode.HALF_UP)
            .stripTrailingZeros();
  }

  /**
   * Returns the mean latency of the runs that happened.
   *
   * @return the mean
   */
  public Duration latency() {
    return Duration.ofNanos(
        (long)
            happened().stream()
                .mapToLong(run -> run.spent().latency().toNanos())
                .average()
                .orElse(0));
  }

  private List<TaskResult> happened() {
    return runs.stream().filter(run -> run.outcome() != Outcome.SKIPPED).toList();
  }

  /**
   * Returns the run to show: the first that did not pass, or else the last one.
   *
   * @return a run
   */
  public TaskResult example() {
    return runs.stream()
        .filter(run -> run.outcome().isDecided() && !run.passed())
        .findFirst()
        .orElse(runs.get(runs.size() - 1));
  }
}

package io.gild.evaluation;

import java.time.Duration;
import java.util.Set;

/**
 * How golden tasks are run.
 *
 * @param parallel how many at the same time; one or more
 * @param timeout longest time to an answer, where a task does not say; above zero
 * @param repeats how often each task is run, where it does not say; one or more
 * @param retries how often a run that did not pass is made again before that counts; a result says
 *     so; 0 to 10
 * @param seed seed of each task's first run; the next one has the next number
 * @param tags only tasks with one of these tags; empty for all
 * @param failFast whether the first task that does not pass ends the run
 */
public record EvaluationOptions(
    int parallel,
    Duration timeout,
    int repeats,
    int retries,
    long seed,
    Set<String> tags,
    boolean failFast) {

  /** One after the other, once, two minutes each. */
  public static final EvaluationOptions DEFAULTS =
      new EvaluationOptions(1, Duration.ofMinutes(2), 1, 0, 1, Set.of(), false);

  /** Checks the values. */
  public EvaluationOptions {
    between(1, 1_000, parallel, "parallel");
    between(1, 10_000, repeats, "repeats");
    between(0, 10, retries, "retries");
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be above zero, but is " + timeout);
    }
    tags = Set.copyOf(tags);
  }

  private static void between(int low, int high, int value, String name) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          name + " must be from " + low + " to " + high + ", but is " + value);
    }
  }
}

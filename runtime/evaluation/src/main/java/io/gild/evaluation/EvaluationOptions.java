package io.gild.evaluation;

import io.gild.config.Experimental;
import java.time.Duration;
import java.util.Set;

/**
 * How golden tasks are run.
 *
 * @param parallel how many at the same time; one or more
 * @param timeout longest time to an answer, unless the task sets one; above zero
 * @param repeats how often each task is run, unless the task sets it; one or more
 * @param retries how often a run that did not pass is repeated before it counts as failed; the
 *     result reports the repeats; 0 to 10
 * @param seed seed of each task's first run; the next one has the next number
 * @param tags only tasks with one of these tags; empty for all
 * @param failFast whether the first task that does not pass ends the run
 */
@Experimental
public record EvaluationOptions(
    int parallel,
    Duration timeout,
    int repeats,
    int retries,
    long seed,
    Set<String> tags,
    boolean failFast) {

  /** One task at a time, one run each, a timeout of two minutes. */
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

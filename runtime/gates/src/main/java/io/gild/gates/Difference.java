package io.gild.gates;

import io.gild.config.Experimental;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The change of a figure of the same tasks.
 *
 * <p>The interval is the percentile interval of the paired bootstrap: tasks, each with its
 * difference, are drawn anew 2,000 times (Efron and Tibshirani, "An Introduction to the Bootstrap",
 * chapter 13, 1993). With fewer than about ten tasks it is too narrow.
 *
 * @param before mean over the tasks, before
 * @param now mean over the tasks, now
 * @param change where the mean of the differences lies with 95 % confidence
 * @param tasks how many tasks were compared
 */
@Experimental
public record Difference(double before, double now, Interval change, int tasks) {

  private static final int DRAWS = 2_000;

  /**
   * Compares two figures of each task.
   *
   * @param before one per task
   * @param now one per task, in the same order
   * @param seed of the draws: the same seed gives the same interval
   * @return the difference; all zero if there are no tasks
   */
  static Difference of(double[] before, double[] now, long seed) {
    int tasks = before.length;
    if (tasks == 0) {
      return new Difference(0, 0, new Interval(0, 0), 0);
    }
    double[] changes = new double[tasks];
    Arrays.setAll(changes, i -> now[i] - before[i]);
    SplittableRandom random = new SplittableRandom(seed);
    double[] means = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      double sum = 0;
      for (int i = 0; i < tasks; i++) {
        sum += changes[random.nextInt(tasks)];
      }
      means[draw] = sum / tasks;
    }
    Arrays.sort(means);
    Interval interval = new Interval(means[DRAWS / 40], means[DRAWS - 1 - DRAWS / 40]);
    return new Difference(
        Arrays.stream(before).average().orElse(0),
        Arrays.stream(now).average().orElse(0),
        interval,
        tasks);
  }

  /**
   * Returns the change of the mean.
   *
   * @return now minus before
   */
  public double mean() {
    return now - before;
  }

  /**
   * Returns whether the change is more than chance explains.
   *
   * @return whether the interval excludes zero
   */
  public boolean isClear() {
    return change.low() > 0 || change.high() < 0;
  }
}

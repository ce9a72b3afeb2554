package io.gild.gates;

import io.gild.config.Experimental;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Results beside those of an earlier run, task by task.
 *
 * <p>A task counts as passed if more than half of its decided runs passed. Tasks that have a
 * decided run on one side only are listed and otherwise left out.
 *
 * @param regressed tasks that passed before and do not now
 * @param repaired tasks that did not pass before and do now
 * @param missing tasks that were decided before and are not now
 * @param added tasks that are decided now and were not before
 * @param compared how many tasks are decided on both sides
 * @param test whether regressions and repairs differ by more than chance
 * @param score change of the mean score, from 0 to 1
 * @param costUsd change of the mean cost of a run, in US dollars
 * @param latencySeconds change of the mean latency of a run, in seconds
 */
@Experimental
public record Comparison(
    List<TaskKey> regressed,
    List<TaskKey> repaired,
    List<TaskKey> missing,
    List<TaskKey> added,
    int compared,
    McNemar test,
    Difference score,
    Difference costUsd,
    Difference latencySeconds) {

  /** Copies the lists. */
  public Comparison {
    regressed = List.copyOf(regressed);
    repaired = List.copyOf(repaired);
    missing = List.copyOf(missing);
    added = List.copyOf(added);
  }

  /**
   * Compares results with earlier ones.
   *
   * @param earlier the baseline
   * @param now the results
   * @param seed of the bootstrap: the same seed gives the same intervals
   * @return the comparison
   */
  public static Comparison of(Statistics earlier, Statistics now, long seed) {
    Map<TaskKey, TaskStats> before = byKey(earlier);
    Map<TaskKey, TaskStats> after = byKey(now);
    List<TaskKey> both = before.keySet().stream().filter(after::containsKey).toList();
    List<TaskKey> regressed = new ArrayList<>();
    List<TaskKey> repaired = new ArrayList<>();
    for (TaskKey key : both) {
      boolean passed = stats(before, key).passed();
      if (passed != stats(after, key).passed()) {
        (passed ? regressed : repaired).add(key);
      }
    }
    return new Comparison(
        regressed,
        repaired,
        before.keySet().stream().filter(key -> !after.containsKey(key)).toList(),
        after.keySet().stream().filter(key -> !before.containsKey(key)).toList(),
        both.size(),
        new McNemar(regressed.size(), repaired.size()),
        difference(both, before, after, TaskStats::score, seed),
        difference(both, before, after, task -> task.costUsd().doubleValue(), seed),
        difference(both, before, after, task -> task.latency().toNanos() / 1e9, seed));
  }

  private static Difference difference(
      List<TaskKey> keys,
      Map<TaskKey, TaskStats> before,
      Map<TaskKey, TaskStats> after,
      ToDoubleFunction<TaskStats> figure,
      long seed) {
    return Difference.of(
        keys.stream().mapToDouble(key -> figure.applyAsDouble(stats(before, key))).toArray(),
        keys.stream().mapToDouble(key -> figure.applyAsDouble(stats(after, key))).toArray(),
        seed);
  }

  private static Map<TaskKey, TaskStats> byKey(Statistics statistics) {
    Map<TaskKey, TaskStats> tasks = new TreeMap<>();
    statistics.decided().forEach(task -> tasks.put(task.key(), task));
    return tasks;
  }

  private static TaskStats stats(Map<TaskKey, TaskStats> tasks, TaskKey key) {
    TaskStats found = tasks.get(key);
    if (found == null) {
      throw new IllegalArgumentException("no results of golden task " + key);
    }
    return found;
  }

  /**
   * Returns whether the version is worse than the baseline by more than chance explains: more tasks
   * regressed than were repaired, and the mid-p value is at most 0.05.
   *
   * @return whether it is
   */
  public boolean isWorse() {
    return test.regressed() > test.repaired() && test.midP() <= 0.05;
  }
}

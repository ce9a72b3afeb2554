package io.gild.gates;

import io.gild.config.Experimental;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Statistics of results, by task and in total. Runs that were not judged are counted apart and are
 * neither passes nor failures.
 *
 * @param tasks the tasks in the order of their keys
 * @param retried runs that failed and were run again until they passed, and so do not count; a
 *     number above zero flatters the pass rate
 */
@Experimental
public record Statistics(List<TaskStats> tasks, int retried) {

  /** Copies the list. */
  public Statistics {
    tasks = List.copyOf(tasks);
  }

  /**
   * Groups results by their tasks.
   *
   * <p>Tasks are known by the classes of their agents: if results of several classes have the same
   * agent name, each class is a separate agent, named {@code Desk (com.acme.Desk)}.
   *
   * <p>If the same repeat of a task was run again, as test frameworks can do, only the last such
   * run counts; {@link #retried} is the number of failures that this hides.
   *
   * @param results results in the order they came
   * @return their statistics
   */
  public static Statistics of(Collection<TaskResult> results) {
    Map<TaskKey, Map<Integer, TaskResult>> runs = new TreeMap<>();
    Map<TaskKey, Integer> again = new TreeMap<>();
    for (TaskResult result : AgentNames.apart(results)) {
      TaskResult earlier =
          runs.computeIfAbsent(result.key(), key -> new TreeMap<>()).put(result.repeat(), result);
      boolean failed = earlier != null && earlier.outcome().isDecided() && !earlier.passed();
      again.merge(result.key(), failed && result.passed() ? 1 : 0, Integer::sum);
    }
    List<TaskStats> tasks = new ArrayList<>();
    runs.forEach((key, own) ->
        tasks.add(new TaskStats(key, List.copyOf(own.values()), again.getOrDefault(key, 0))));
    return of(tasks);
  }

  /**
   * Returns the agents that have results.
   *
   * @return their names in order
   */
  public List<String> agents() {
    TreeSet<String> names = new TreeSet<>();
    tasks.forEach(task -> names.add(task.key().agent()));
    return List.copyOf(names);
  }

  /**
   * Returns the part of one agent.
   *
   * @param agent its name
   * @return its tasks alone
   */
  public Statistics of(String agent) {
    return of(tasks.stream().filter(each -> each.key().agent().equals(agent)).toList());
  }

  private static Statistics of(List<TaskStats> tasks) {
    return new Statistics(tasks, tasks.stream().mapToInt(TaskStats::retried).sum());
  }

  /**
   * Returns all runs.
   *
   * @return the runs, task by task
   */
  public List<TaskResult> runs() {
    return tasks.stream().flatMap(task -> task.runs().stream()).toList();
  }

  /**
   * Returns the tasks that have a decided run.
   *
   * @return the tasks in order
   */
  public List<TaskStats> decided() {
    return tasks.stream().filter(task -> task.decided() > 0).toList();
  }

  /**
   * Returns the pass rate of each task that has a decided run.
   *
   * @return rates from 0 to 1, in the order of the tasks
   */
  public double[] rates() {
    return decided().stream().mapToDouble(TaskStats::rate).toArray();
  }

  /**
   * Returns pass@1: the mean of the tasks' pass rates, each task counts once, independent of its
   * number of runs.
   *
   * @return from 0 to 1; 0 if no task is decided
   */
  public double passRate() {
    return decided().stream().mapToDouble(TaskStats::rate).average().orElse(0);
  }

  /**
   * Returns pass^k: how likely a task passes k times in a row, over the tasks with at least k
   * decided runs.
   *
   * @param k at least 1
   * @return from 0 to 1; 0 if no task has so many runs
   */
  public double passHat(int k) {
    return decided().stream()
        .filter(task -> task.decided() >= k)
        .mapToDouble(task -> task.passHat(k))
        .average()
        .orElse(0);
  }

  /**
   * Returns the fewest decided runs that any decided task has: up to this k, {@link #passHat} is of
   * all tasks.
   *
   * @return a number of runs; 0 if no task is decided
   */
  public int repeats() {
    return decided().stream().mapToInt(TaskStats::decided).min().orElse(0);
  }

  /**
   * Returns the bound that the rates prove; each task is one observation.
   *
   * @param confidence of the one-sided bound, such as 0.95
   * @return the lowest pass rate that the results do not contradict; 0 if no task is decided
   */
  public double lowerBound(double confidence) {
    return decided().isEmpty() ? 0 : Bounds.lower(rates(), confidence);
  }

  /**
   * Returns the range of the true rate; each task is one observation.
   *
   * @param confidence of both ends together, such as 0.95
   * @return the interval; from 0 to 1 if no task is decided
   */
  public Interval interval(double confidence) {
    double each = (1 + confidence) / 2;
    return decided().isEmpty()
        ? new Interval(0, 1)
        : new Interval(Bounds.lower(rates(), each), Bounds.upper(rates(), each));
  }

  /**
   * Returns the tasks whose runs disagree.
   *
   * @return the tasks, those nearest to 50 % first
   */
  public List<TaskStats> flaky() {
    return tasks.stream()
        .filter(TaskStats::isFlaky)
        .sorted(
            Comparator.comparingDouble((TaskStats task) -> Math.abs(task.rate() - 0.5))
                .thenComparing(TaskStats::key))
        .toList();
  }

  /**
   * Returns the runs that were not judged, or that did not happen.
   *
   * @return their number
   */
  public int undecidedRuns() {
    return tasks.stream().mapToInt(TaskStats::undecided).sum();
  }
}

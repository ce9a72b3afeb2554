package io.gild.gates;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The data for the script of the page: the tasks, with short keys, because there may be thousands.
 */
final class PageData {

  private final Statistics statistics;
  private final List<History.Run> history;
  private final Set<TaskKey> regressed = new LinkedHashSet<>();
  private final Set<TaskKey> repaired = new LinkedHashSet<>();

  PageData(Statistics statistics, @Nullable Comparison comparison, List<History.Run> history) {
    this.statistics = statistics;
    this.history = history;
    if (comparison != null) {
      regressed.addAll(comparison.regressed());
      repaired.addAll(comparison.repaired());
    }
  }

  List<Object> tasks() {
    List<Object> tasks = new ArrayList<>();
    statistics.tasks().forEach(task -> tasks.add(task(task)));
    return tasks;
  }

  private Map<String, Object> task(TaskStats task) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("agent", task.key().agent());
    map.put("task", task.key().task());
    map.put("state", Reports.state(task));
    map.put("outcome", Reports.outcome(task.example()));
    map.put("change", change(task.key()));
    map.put("tags", task.example().tags());
    map.put("method", task.example().method());
    map.put("passes", task.passes());
    map.put("decided", task.decided());
    map.put("score", Math.round(task.score() * 1000) / 1000.0);
    map.put("cost", task.costUsd());
    map.put("ms", Math.round(task.latency().toNanos() / 1e4) / 100.0);
    map.put("history", history(task));
    map.put("runs", task.runs().stream().map(PageData::run).toList());
    return map;
  }

  private String change(TaskKey key) {
    return regressed.contains(key) ? "regressed" : repaired.contains(key) ? "repaired" : "";
  }

  /**
   * Returns the pass rates of the last runs, this one included; null where the task did not run.
   */
  private List<@Nullable Double> history(TaskStats task) {
    List<@Nullable Double> rates = new ArrayList<>();
    List<History.Run> runs = history;
    for (History.Run run : runs.subList(Math.max(0, runs.size() - 19), runs.size())) {
      History.Point point = run.tasks().get(task.key());
      rates.add(point == null ? null : rounded(point.rate()));
    }
    rates.add(task.decided() == 0 ? null : rounded(task.rate()));
    return rates;
  }

  private static Map<String, Object> run(TaskResult run) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("n", run.repeat());
    map.put("outcome", Reports.outcome(run));
    map.put("message", run.message());
    map.put("input", run.input());
    map.put("diff", run.passed() ? List.of() : diff(run));
    map.put("expected", run.expected());
    map.put("answer", run.answer());
    map.put("checks", run.checks().stream().map(PageData::check).toList());
    map.put("seed", String.valueOf(run.seed())); // a number of JavaScript would lose digits
    map.put("cost", run.spent().costUsd());
    map.put("ms", Math.round(run.spent().latency().toNanos() / 1e4) / 100.0);
    map.put("tokens", run.spent().tokens());
    map.put("attempts", run.spent().attempts());
    map.put("requests", run.spent().requests());
    return map;
  }

  private static List<Object> diff(TaskResult run) {
    if (run.expected().isEmpty() || run.answer().isEmpty()) {
      return List.of();
    }
    List<Object> parts = new ArrayList<>();
    for (WordDiff.Part part : WordDiff.of(run.expected(), run.answer()).parts()) {
      parts.add(List.of(part.side().ordinal(), part.text()));
    }
    return parts;
  }

  private static List<Object> check(CheckResult check) {
    return List.of(
        Reports.outcome(check),
        check.check(),
        Math.round(check.score() * 1000) / 1000.0,
        check.reason());
  }

  private static double rounded(double rate) {
    return Math.round(rate * 100) / 100.0;
  }
}

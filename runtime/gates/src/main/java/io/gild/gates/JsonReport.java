package io.gild.gates;

import io.gild.config.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a report as JSON, schema 1. */
final class JsonReport {

  private JsonReport() {}

  static String write(Report report) {
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("schema", 1);
    root.put("title", report.title());
    root.put("version", report.version());
    root.put("at", report.at().toString());
    GateDecision decision = report.decision();
    root.put("gate", decision == null ? null : decision.toMap());
    root.put("summary", summary(report.statistics()));
    root.put(
        "agents",
        report.statistics().agents().stream()
            .map(agent -> agent(agent, report.statistics().of(agent)))
            .toList());
    Comparison comparison = report.comparison();
    root.put("baseline", comparison == null ? null : baseline(comparison));
    root.put("history", report.history().stream().map(JsonReport::run).toList());
    return Json.pretty(root);
  }

  private static Map<String, Object> summary(Statistics statistics) {
    Map<String, Object> map = new LinkedHashMap<>();
    Interval interval = statistics.interval(0.95);
    map.put("tasks", statistics.tasks().size());
    map.put("runs", statistics.runs().size());
    map.put("undecidedRuns", statistics.undecidedRuns());
    map.put("retriedRuns", statistics.retried());
    map.put("passRate", statistics.passRate());
    map.put("interval95", List.of(interval.low(), interval.high()));
    map.put("lowerBound95", statistics.lowerBound(0.95));
    map.put("repeats", statistics.repeats());
    map.put("passHat", statistics.repeats() == 0 ? 0 : statistics.passHat(statistics.repeats()));
    map.put("flaky", statistics.flaky().stream().map(task -> task.key().toString()).toList());
    return map;
  }

  private static Map<String, Object> agent(String name, Statistics own) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("agent", name);
    map.putAll(summary(own));
    map.put("results", own.tasks().stream().map(JsonReport::task).toList());
    return map;
  }

  private static Map<String, Object> task(TaskStats task) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("task", task.key().task());
    map.put("state", Reports.state(task));
    map.put("passes", task.passes());
    map.put("decided", task.decided());
    map.put("undecided", task.undecided());
    map.put("score", task.score());
    map.put("costUsd", task.costUsd());
    map.put("latencyMs", task.latency().toNanos() / 1e6);
    map.put("tags", task.example().tags());
    map.put("method", task.example().method());
    map.put("runs", task.runs().stream().map(run -> Json.read(ResultLine.write(run))).toList());
    return map;
  }

  private static Map<String, Object> baseline(Comparison comparison) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("compared", comparison.compared());
    map.put("regressed", names(comparison.regressed()));
    map.put("repaired", names(comparison.repaired()));
    map.put("missing", names(comparison.missing()));
    map.put("added", names(comparison.added()));
    map.put("exactP", comparison.test().exactP());
    map.put("midP", comparison.test().midP());
    map.put("score", difference(comparison.score()));
    map.put("costUsd", difference(comparison.costUsd()));
    map.put("latencySeconds", difference(comparison.latencySeconds()));
    return map;
  }

  private static Map<String, Object> difference(Difference difference) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("before", difference.before());
    map.put("now", difference.now());
    map.put("change95", List.of(difference.change().low(), difference.change().high()));
    return map;
  }

  private static Map<String, Object> run(History.Run run) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("run", run.id());
    map.put("at", run.at().toString());
    map.put("version", run.version());
    map.put("tasks", run.tasks().size());
    map.put("passRate", run.passRate());
    return map;
  }

  private static List<String> names(List<TaskKey> keys) {
    return keys.stream().map(TaskKey::toString).toList();
  }
}

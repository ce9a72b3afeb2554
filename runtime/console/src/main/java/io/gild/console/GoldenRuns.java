package io.gild.console;

import io.gild.gates.History;
import io.gild.gates.TaskKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The runs of golden tasks that a data folder has, for each agent. */
final class GoldenRuns {

  private static final int MOST = 200;

  private GoldenRuns() {}

  static Map<String, @Nullable Object> of(Path data) {
    Path file = data.resolve("history").resolve("runs.jsonl").toAbsolutePath();
    List<Map<String, @Nullable Object>> runs = new ArrayList<>();
    List<Map<String, @Nullable Object>> gates = List.of();
    String where = file.toString();
    try {
      GateDecisions decisions = GateDecisions.read(data);
      gates = decisions.newest();
      List<History.Run> known = History.in(data).read();
      for (int i = known.size() - 1; i >= 0 && runs.size() < MOST; i--) {
        add(known.get(i), decisions, runs);
      }
      EvaluationRuns.add(data, runs);
      runs.sort(Comparator.comparingLong(GoldenRuns::at).reversed());
      if (runs.isEmpty()) {
        where = "There are no runs in " + data.toAbsolutePath() + "; gild eval adds one.";
      }
    } catch (IOException | RuntimeException unreadable) {
      where = file + " cannot be read: " + unreadable.getMessage();
    }
    Map<String, @Nullable Object> golden = new LinkedHashMap<>();
    golden.put("gates", gates);
    golden.put("runs", runs);
    golden.put("where", where);
    return golden;
  }

  private static void add(
      History.Run run, GateDecisions decisions, List<Map<String, @Nullable Object>> runs) {
    Map<String, List<Map<String, @Nullable Object>>> byAgent = new TreeMap<>();
    new TreeMap<>(run.tasks())
        .forEach((key, point) ->
            byAgent
                .computeIfAbsent(key.agent(), absent -> new ArrayList<>())
                .add(task(key, point)));
    for (Map.Entry<String, List<Map<String, @Nullable Object>>> each : byAgent.entrySet()) {
      Map<String, @Nullable Object> json =
          run(run.at().toEpochMilli(), each.getKey(), run.id(), run.version(), each.getValue());
      Map<String, @Nullable Object> decision = decisions.ofRun(run.id(), each.getKey());
      if (decision != null) {
        json.put("gate", decision.get("verdict"));
        json.put("opens", decision.get("opens"));
        json.put("stage", decision.get("stage"));
      }
      runs.add(json);
    }
  }

  private static long at(Map<String, @Nullable Object> run) {
    return run.get("at") instanceof Long at ? at : 0;
  }

  /** Returns one run of one agent. */
  static Map<String, @Nullable Object> run(
      long at,
      String agent,
      String name,
      String version,
      List<Map<String, @Nullable Object>> tasks) {
    long passed = tasks.stream().filter(task -> Boolean.TRUE.equals(task.get("passed"))).count();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("at", at);
    json.put("agent", agent);
    json.put("suite", name);
    json.put("version", version);
    json.put("passed", passed);
    json.put("failed", tasks.size() - passed);
    json.put(
        "score",
        tasks.stream()
            .mapToDouble(task -> task.get("score") instanceof Double score ? score : 0)
            .average()
            .orElse(0));
    json.put("gate", null);
    json.put("tasks", tasks);
    return json;
  }

  private static Map<String, @Nullable Object> task(TaskKey key, History.Point point) {
    Map<String, @Nullable Object> task = new LinkedHashMap<>();
    task.put("id", key.task());
    task.put("score", point.score());
    task.put("passed", point.passes() == point.runs());
    task.put("costUsd", point.costUsd());
    task.put("latencyMillis", point.latencyMillis());
    task.put("words", point.passes() + " of " + point.runs() + " runs passed");
    return task;
  }
}

package io.gild.console;

import io.gild.gates.ResultLog;
import io.gild.gates.TaskKey;
import io.gild.gates.TaskResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The results that {@code gild eval} left in a data folder, of the newest runs. */
final class EvaluationRuns {

  private static final int NEWEST = 20;

  private EvaluationRuns() {}

  static void add(Path data, List<Map<String, @Nullable Object>> runs) throws IOException {
    Path folder = data.resolve("evaluations");
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> newest;
    try (Stream<Path> all = Files.list(folder)) {
      newest =
          all.filter(run -> Files.isRegularFile(run.resolve("results.jsonl")))
              .sorted(Comparator.reverseOrder())
              .limit(NEWEST)
              .toList();
    }
    for (Path run : newest) {
      add(String.valueOf(run.getFileName()), ResultLog.read(run).results(), runs);
    }
  }

  private static void add(
      String name, List<TaskResult> results, List<Map<String, @Nullable Object>> runs) {
    Map<String, Map<TaskKey, List<TaskResult>>> byAgent = new TreeMap<>();
    for (TaskResult result : results) {
      byAgent
          .computeIfAbsent(result.key().agent(), absent -> new TreeMap<>())
          .computeIfAbsent(result.key(), absent -> new ArrayList<>())
          .add(result);
    }
    byAgent.forEach((agent, tasks) -> {
      long at = 0;
      String version = "";
      List<Map<String, @Nullable Object>> json = new ArrayList<>();
      for (Map.Entry<TaskKey, List<TaskResult>> task : tasks.entrySet()) {
        json.add(task(task.getKey(), task.getValue()));
        for (TaskResult each : task.getValue()) {
          at = Math.max(at, each.started().toEpochMilli());
          version = each.version();
        }
      }
      runs.add(GoldenRuns.run(at, agent, name, version, json));
    });
  }

  private static Map<String, @Nullable Object> task(TaskKey key, List<TaskResult> results) {
    long passes = results.stream().filter(TaskResult::passed).count();
    String why =
        results.stream()
            .filter(result -> !result.passed())
            .map(TaskResult::message)
            .findFirst()
            .orElse("");
    Map<String, @Nullable Object> task = new LinkedHashMap<>();
    task.put("id", key.task());
    task.put("score", results.stream().mapToDouble(TaskResult::score).average().orElse(0));
    task.put("passed", passes == results.size());
    task.put(
        "words",
        passes + " of " + results.size() + " runs passed" + (why.isEmpty() ? "" : ": " + why));
    return task;
  }
}

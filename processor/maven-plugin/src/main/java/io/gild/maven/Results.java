package io.gild.maven;

import io.gild.config.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoFailureException;

/** Reads what golden tests wrote: one JSON object per line. */
final class Results {

  /**
   * How a task ended.
   *
   * @param agent type or name of the agent
   */
  record Result(String agent, String id, boolean passed, String message) {

    boolean isOf(GoldenTasks.Task task) {
      return id.equals(task.id())
          && (agent.equals(task.agent().type()) || agent.equals(task.agent().name()));
    }
  }

  private Results() {}

  /** Reads the results, older files first. */
  static List<Result> read(Path folder) throws IOException, MojoFailureException {
    List<Result> results = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return results;
    }
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files =
          list.filter(file -> file.toString().endsWith(".jsonl"))
              .sorted((a, b) -> Long.compare(a.toFile().lastModified(), b.toFile().lastModified()))
              .toList();
    }
    for (Path file : files) {
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        if (!line.isBlank()) {
          results.add(result(file, number, line));
        }
      }
    }
    return results;
  }

  private static Result result(Path file, int number, String line) throws MojoFailureException {
    try {
      Map<String, Object> entry = Registry.map(Json.read(line));
      return new Result(
          Registry.text(entry, "agent"),
          Registry.text(entry, "id"),
          Boolean.TRUE.equals(entry.get("passed")),
          Registry.text(entry, "message"));
    } catch (IllegalArgumentException e) {
      throw new MojoFailureException(
          "%s:%d: no golden result: %s. Delete the file and run the tests again."
              .formatted(file, number, e.getMessage()));
    }
  }
}

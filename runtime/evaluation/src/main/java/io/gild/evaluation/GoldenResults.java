package io.gild.evaluation;

import io.gild.config.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/** Leaves one line per golden task for the quality gate. */
final class GoldenResults {

  private GoldenResults() {}

  static synchronized void append(
      String agent, String method, String id, boolean passed, long millis, String message) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("agent", agent);
    line.put("method", method);
    line.put("id", id);
    line.put("passed", passed);
    line.put("millis", millis);
    line.put("message", message);
    try {
      Path folder = Path.of(System.getProperty("gild.results", "target/gild/results"));
      Files.createDirectories(folder);
      Files.writeString(
          folder.resolve(agent + ".jsonl"),
          Json.write(line) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot leave the result of golden task " + id, failure);
    }
  }
}

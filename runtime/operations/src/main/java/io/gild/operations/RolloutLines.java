package io.gild.operations;

import io.gild.config.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines of a rollout's journal, and how to read their fields. */
final class RolloutLines {

  static final String STARTED = "started";
  static final String DECIDED = "decided";
  static final String DONE = "done";
  static final String PROBLEM = "problem";
  static final String PROCESS = "process";
  static final String TAKEN = "taken";

  private RolloutLines() {}

  static Map<String, @Nullable Object> line(String type, Instant at) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("type", type);
    line.put("at", at.toString());
    return line;
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is not a JSON object
   */
  static Map<?, ?> parse(String line) {
    if (Json.read(line) instanceof Map<?, ?> object) {
      return object;
    }
    throw new IllegalArgumentException("not a JSON object: " + line);
  }

  static String text(Map<?, ?> line, String key) {
    Object value = line.get(key);
    return value == null ? "" : String.valueOf(value);
  }

  static long number(Map<?, ?> line, String key) {
    return line.get(key) instanceof Number number ? number.longValue() : 0;
  }

  static Instant at(Map<?, ?> line) {
    return Instant.parse(text(line, "at"));
  }

  static List<Map<String, @Nullable Object>> maps(Map<?, ?> line, String key) {
    List<Map<String, @Nullable Object>> maps = new ArrayList<>();
    if (line.get(key) instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Map<?, ?> map) {
          Map<String, @Nullable Object> copy = new LinkedHashMap<>();
          map.forEach((name, value) -> copy.put(String.valueOf(name), value));
          maps.add(copy);
        }
      }
    }
    return maps;
  }
}

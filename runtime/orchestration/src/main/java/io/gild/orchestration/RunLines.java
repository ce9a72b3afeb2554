package io.gild.orchestration;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines of a run's journal, and how to read their fields. */
final class RunLines {

  static final String STARTED = "started";
  static final String STEP = "step";
  static final String FINISHED = "finished";
  static final String FAILED = "failed";
  static final String SPENT = "spent";
  static final String EFFECT = "effect";
  static final String EFFECTED = "effected";
  static final String EFFECT_FAILED = "effect-failed";
  static final String VALUE = "value";
  static final String WAITING = "waiting";
  static final String DECIDED = "decided";
  static final String CANCEL = "cancel";
  static final String ENDING = "ending";
  static final String UNDONE = "undone";
  static final String ENDED = "ended";
  static final String IGNORED = "ignored";
  static final String RESUME = "resume";
  static final String RESUMED = "resumed";
  static final String TRACE = "trace";

  private RunLines() {}

  static Map<String, @Nullable Object> line(String type, Instant at) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("type", type);
    line.put("at", at.toString());
    return line;
  }

  static Map<String, @Nullable Object> line(String type, Instant at, String path) {
    Map<String, @Nullable Object> line = line(type, at);
    line.put("path", path);
    return line;
  }

  static String text(Map<?, ?> line, String key) {
    Object value = line.get(key);
    return value == null ? "" : String.valueOf(value);
  }

  static @Nullable String textOrNull(Map<?, ?> line, String key) {
    Object value = line.get(key);
    return value == null ? null : String.valueOf(value);
  }

  static long number(Map<?, ?> line, String key) {
    return line.get(key) instanceof Number number ? number.longValue() : 0;
  }

  static Instant at(Map<?, ?> line) {
    return Instant.parse(text(line, "at"));
  }
}

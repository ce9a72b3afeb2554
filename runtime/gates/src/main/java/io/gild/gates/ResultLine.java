package io.gild.gates;

import io.gild.config.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A result as one line of JSON. */
final class ResultLine {

  private ResultLine() {}

  static String write(TaskResult result) {
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("agent", result.key().agent());
    line.put("task", result.key().task());
    line.put("version", result.version());
    line.put("method", result.method());
    line.put("tags", result.tags());
    line.put("repeat", result.repeat());
    line.put("seed", result.seed());
    line.put("started", result.started().toString());
    line.put("outcome", result.outcome().name());
    line.put("score", result.score());
    line.put("checks", result.checks().stream().map(ResultLine::check).toList());
    line.put("input", result.input());
    line.put("expected", result.expected());
    line.put("answer", result.answer());
    line.put("message", result.message());
    line.put("latencyNanos", result.spent().latency().toNanos());
    line.put("costUsd", result.spent().costUsd());
    line.put("inputTokens", result.spent().inputTokens());
    line.put("outputTokens", result.spent().outputTokens());
    line.put("attempts", result.spent().attempts());
    line.put("requests", result.spent().requests());
    line.put("costKnown", result.spent().costKnown());
    return Json.write(line);
  }

  /**
   * Reads a line.
   *
   * @throws IllegalArgumentException if it is not a result; the message contains the reason
   */
  static TaskResult read(String line) {
    if (!(Json.read(line) instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("expected a JSON object");
    }
    Fields fields = new Fields(map);
    List<CheckResult> checks = new ArrayList<>();
    fields.list("checks").forEach(item -> checks.add(check(item)));
    return new TaskResult(
        new TaskKey(fields.text("agent"), fields.text("task")),
        fields.text("version"),
        fields.text("method"),
        fields.list("tags").stream().map(String::valueOf).toList(),
        (int) fields.whole("repeat"),
        fields.whole("seed"),
        Instant.parse(fields.text("started")),
        Outcome.valueOf(fields.text("outcome")),
        fields.number("score").doubleValue(),
        checks,
        fields.text("input"),
        fields.text("expected"),
        fields.text("answer"),
        fields.text("message"),
        spent(fields));
  }

  private static Spent spent(Fields fields) {
    Spent spent =
        new Spent(
            Duration.ofNanos(fields.whole("latencyNanos")),
            fields.number("costUsd"),
            fields.whole("inputTokens"),
            fields.whole("outputTokens"),
            (int) fields.whole("attempts"),
            (int) fields.whole("requests"));
    // Results of older versions do not have the key.
    return fields.map().get("costKnown") instanceof Boolean known
        ? spent.withCostKnown(known)
        : spent;
  }

  private static Map<String, Object> check(CheckResult check) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("check", check.check());
    entry.put("outcome", check.outcome().name());
    entry.put("score", check.score());
    entry.put("weight", check.weight());
    entry.put("reason", check.reason());
    return entry;
  }

  private static CheckResult check(Object item) {
    if (!(item instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("checks must be a list of objects");
    }
    Fields fields = new Fields(map);
    return new CheckResult(
        fields.text("check"),
        Outcome.valueOf(fields.text("outcome")),
        fields.number("score").doubleValue(),
        fields.number("weight").doubleValue(),
        fields.text("reason"));
  }

  /** Typed reading of an object. */
  private record Fields(Map<?, ?> map) {

    private Object get(String name) {
      Object value = map.get(name);
      if (value == null) {
        throw new IllegalArgumentException(name + " is missing");
      }
      return value;
    }

    String text(String name) {
      return get(name).toString();
    }

    List<?> list(String name) {
      if (get(name) instanceof List<?> list) {
        return list;
      }
      throw new IllegalArgumentException(name + " must be a list");
    }

    BigDecimal number(String name) {
      if (get(name) instanceof Number number) {
        return new BigDecimal(number.toString());
      }
      throw new IllegalArgumentException(name + " must be a number");
    }

    long whole(String name) {
      return number(name).longValueExact();
    }
  }
}

package io.gild.console;

import io.gild.config.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls and costs as files. */
final class Exports {

  private static final String MOST = "10000";
  private static final int MOST_CONTENT = 200;
  private static final List<String> CALL_COLUMNS =
      List.of(
          "jvm",
          "id",
          "start",
          "agent",
          "method",
          "version",
          "kind",
          "outcome",
          "error",
          "durationMicros",
          "attempts",
          "httpAttempts",
          "model",
          "provider",
          "cache",
          "costUsd",
          "priced",
          "inputTokens",
          "outputTokens",
          "session",
          "trace",
          "span",
          "words");

  private Exports() {}

  static ConsoleReply of(ConsoleSource source, Query query) throws IOException {
    String format = query.text("format").isEmpty() ? "json" : query.text("format");
    String what = query.text("what").isEmpty() ? "calls" : query.text("what");
    if (!List.of("json", "csv").contains(format)) {
      throw new Query.BadRequest("format must be json or csv, but is \"" + format + "\"");
    }
    Map<String, String> values = new LinkedHashMap<>(query.values());
    values.putIfAbsent("limit", MOST);
    Query wide = new Query(values);
    boolean csv = format.equals("csv");
    return switch (what) {
      case "calls" -> csv ? callsCsv(source.calls(wide)) : json("calls", source.calls(wide));
      case "cost" -> csv ? costCsv(source.cost(wide)) : json("cost", source.cost(wide));
      case "call" -> json("call", call(source, query));
      default ->
          throw new Query.BadRequest(
              "what must be calls, cost or call, but is \"" + ShortNames.cut(what) + "\"");
    };
  }

  /** Returns whether prompts and answers are requested. */
  static boolean wantsContent(Query query) {
    return query.text("content").equals("true");
  }

  private static Map<String, @Nullable Object> call(ConsoleSource source, Query query)
      throws IOException {
    Map<String, @Nullable Object> call = source.tree(query.text("jvm"), query.text("id"), query);
    if (call == null) {
      throw new Query.BadRequest("jvm and id must name a recorded call");
    }
    if (wantsContent(query)) {
      call.put("content", content(source, query, call));
    }
    return call;
  }

  /** Returns prompts and answers, which are exported on request alone. */
  private static List<Map<String, @Nullable Object>> content(
      ConsoleSource source, Query query, Map<String, @Nullable Object> call) throws IOException {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    Object ids = call.get("spans") instanceof Map<?, ?> spans ? spans.get("id") : null;
    for (Object id : list(ids).stream().limit(MOST_CONTENT).toList()) {
      Map<String, @Nullable Object> content =
          source.content(query.text("jvm"), query.text("id"), String.valueOf(id));
      if (content != null && Boolean.TRUE.equals(content.get("captured"))) {
        Map<String, @Nullable Object> named = new LinkedHashMap<>();
        named.put("span", id);
        named.putAll(content);
        all.add(named);
      }
    }
    return all;
  }

  private static ConsoleReply json(String name, Map<String, @Nullable Object> content) {
    return ConsoleReply.file(
        "gild-" + name + ".json", "application/json; charset=utf-8", Json.pretty(content));
  }

  private static ConsoleReply callsCsv(Map<String, @Nullable Object> calls) {
    List<List<? extends @Nullable Object>> lines = new ArrayList<>();
    lines.add(CALL_COLUMNS);
    if (calls.get("rows") instanceof List<?> rows) {
      for (Object row : rows) {
        List<@Nullable Object> line = new ArrayList<>();
        CALL_COLUMNS.forEach(
            column -> line.add(row instanceof Map<?, ?> call ? call.get(column) : null));
        lines.add(line);
      }
    }
    return csv("calls", lines);
  }

  private static ConsoleReply costCsv(Map<String, @Nullable Object> cost) {
    List<List<? extends @Nullable Object>> lines = new ArrayList<>();
    lines.add(List.of("row", "column", "usd", "tokens", "calls", "unpriced"));
    List<?> rows = list(cost.get("rows"));
    List<?> columns = list(cost.get("columns"));
    List<?> cells = list(cost.get("cells"));
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < columns.size(); j++) {
        if (list(cells.get(i)).get(j) instanceof Map<?, ?> cell) {
          List<@Nullable Object> line = new ArrayList<>();
          line.add(rows.get(i));
          line.add(columns.get(j));
          for (String key : new String[] {"usd", "tokens", "calls", "unpriced"}) {
            line.add(cell.get(key));
          }
          lines.add(line);
        }
      }
    }
    return csv("cost", lines);
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private static ConsoleReply csv(String name, List<List<? extends @Nullable Object>> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> Csv.line(line, text));
    return ConsoleReply.file("gild-" + name + ".csv", "text/csv; charset=utf-8", text.toString());
  }
}

package io.gild.console;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls of several sources in one order. */
final class MergedCalls {

  private record Row(int source, Map<String, @Nullable Object> call) {}

  private MergedCalls() {}

  static Map<String, @Nullable Object> of(
      List<ConsoleSource> sources, Query query, ParallelReader reader) {
    String[] cursors = cursors(query.text("before"), sources.size());
    List<ConsoleSource> indexed = new ArrayList<>(sources);
    List<@Nullable Map<String, @Nullable Object>> answers =
        reader.readEach(
            indexed,
            source -> {
              String cursor = cursors[indexed.indexOf(source)];
              if (cursor.equals("-")) {
                return MergedSource.object();
              }
              Map<String, String> values = new LinkedHashMap<>(query.values());
              values.remove("before");
              if (!cursor.isEmpty()) {
                values.put("before", cursor);
              }
              return source.calls(new Query(values));
            });
    List<Row> rows = new ArrayList<>();
    Map<String, @Nullable Object> merged = new LinkedHashMap<>();
    for (int i = 0; i < answers.size(); i++) {
      Map<String, @Nullable Object> answer = answers.get(i);
      if (answer != null) {
        for (Map<String, @Nullable Object> call : MergedSource.maps(answer.get("rows"))) {
          rows.add(new Row(i, call));
        }
        for (String name : new String[] {"matched", "held", "overwritten"}) {
          merged.merge(name, MergedSource.decimal(answer.get(name)).longValue(), MergedCalls::plus);
        }
      }
    }
    rows.sort(comparator(query.text("order")));
    int limit = (int) Math.max(1, Math.min(10_000, query.number("limit", 200)));
    List<Row> shown = rows.subList(0, Math.min(limit, rows.size()));
    merged.put("rows", shown.stream().map(Row::call).toList());
    merged.put("shown", shown.size());
    merged.put("next", next(shown, rows, answers, cursors));
    return merged;
  }

  private static Object plus(@Nullable Object one, @Nullable Object other) {
    return MergedSource.sum(one, other).longValue();
  }

  private static Comparator<Row> comparator(String order) {
    String key =
        switch (order) {
          case "duration" -> "durationMicros";
          case "cost" -> "costUsd";
          default -> "start";
        };
    return Comparator.comparing((Row row) -> value(row, key)).reversed();
  }

  private static BigDecimal value(Row row, String key) {
    return MergedSource.decimal(row.call().get(key));
  }

  /** A cursor has the place in each source, with commas between; a hyphen means its end. */
  private static String[] cursors(String before, int sources) {
    String[] cursors = new String[sources];
    String[] given = before.isEmpty() ? new String[0] : before.split(",", -1);
    for (int i = 0; i < sources; i++) {
      cursors[i] = i < given.length ? given[i] : "";
    }
    return cursors;
  }

  private static @Nullable String next(
      List<Row> shown,
      List<Row> rows,
      List<@Nullable Map<String, @Nullable Object>> answers,
      String[] before) {
    String[] cursors = before.clone();
    for (Row row : shown) {
      Object cursor = row.call().get("cursor");
      cursors[row.source()] = cursor == null ? "" : cursor.toString();
    }
    boolean more = shown.size() < rows.size();
    for (int i = 0; i < cursors.length; i++) {
      Map<String, @Nullable Object> answer = answers.get(i);
      boolean hasMore = answer != null && answer.get("next") != null;
      more |= hasMore;
      int source = i;
      boolean allShown =
          rows.stream().filter(row -> row.source() == source).count()
              == shown.stream().filter(row -> row.source() == source).count();
      if (allShown && !hasMore) {
        cursors[i] = "-";
      }
    }
    return more ? String.join(",", cursors) : null;
  }
}

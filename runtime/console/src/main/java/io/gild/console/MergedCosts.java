package io.gild.console;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The costs of several sources in one table. */
final class MergedCosts {

  private final Set<String> rows = new LinkedHashSet<>();
  private final Set<String> columns = new TreeSet<>();
  private final Map<List<String>, Map<String, @Nullable Object>> cells = new LinkedHashMap<>();
  private final Set<String> unpricedModels = new TreeSet<>();
  private final Map<List<Object>, Map<String, @Nullable Object>> explain = new LinkedHashMap<>();
  private BigDecimal total = BigDecimal.ZERO;
  private long unpricedCalls;
  private @Nullable Long since;
  private @Nullable Object pricesFrom;

  private MergedCosts() {}

  static Map<String, @Nullable Object> of(List<Map<String, @Nullable Object>> tables) {
    MergedCosts merged = new MergedCosts();
    tables.forEach(merged::add);
    return merged.toJson();
  }

  private void add(Map<String, @Nullable Object> table) {
    List<?> ownRows = list(table.get("rows"));
    List<?> ownColumns = list(table.get("columns"));
    List<?> ownCells = list(table.get("cells"));
    ownRows.forEach(name -> rows.add(String.valueOf(name)));
    ownColumns.forEach(name -> columns.add(String.valueOf(name)));
    for (int i = 0; i < Math.min(ownRows.size(), ownCells.size()); i++) {
      List<?> line = list(ownCells.get(i));
      for (int j = 0; j < Math.min(ownColumns.size(), line.size()); j++) {
        if (line.get(j) instanceof Map<?, ?> cell) {
          sum(
              cells.computeIfAbsent(
                  List.of(String.valueOf(ownRows.get(i)), String.valueOf(ownColumns.get(j))),
                  absent -> new LinkedHashMap<>()),
              cell,
              "usd",
              "tokens",
              "calls",
              "unpriced");
        }
      }
    }
    total = MergedSource.sum(total, table.get("totalUsd"));
    unpricedCalls += MergedSource.decimal(table.get("unpricedCalls")).longValue();
    list(table.get("unpricedModels")).forEach(model -> unpricedModels.add(String.valueOf(model)));
    if (table.get("since") instanceof Number first) {
      since = since == null ? first.longValue() : Math.min(since, first.longValue());
    }
    pricesFrom = table.get("pricesFrom") == null ? pricesFrom : table.get("pricesFrom");
    for (Map<String, @Nullable Object> line : MergedSource.maps(table.get("explain"))) {
      List<Object> key =
          List.of(
              String.valueOf(line.get("kind")),
              String.valueOf(line.get("model")),
              String.valueOf(line.get("usdPerMillion")),
              String.valueOf(line.get("priceFrom")));
      Map<String, @Nullable Object> known = explain.get(key);
      if (known == null) {
        explain.put(key, new LinkedHashMap<>(line));
      } else {
        sum(known, line, "tokens", "usd");
      }
    }
  }

  private static void sum(Map<String, @Nullable Object> into, Map<?, ?> added, String... names) {
    for (String name : names) {
      if (added.get(name) != null) {
        into.put(name, MergedSource.sum(into.get(name), added.get(name)));
      }
    }
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }

  private Map<String, @Nullable Object> toJson() {
    List<List<@Nullable Object>> table = new ArrayList<>();
    for (String row : rows) {
      List<@Nullable Object> line = new ArrayList<>();
      columns.forEach(column -> line.add(cells.get(List.of(row, column))));
      table.add(line);
    }
    return MergedSource.object(
        "rows", List.copyOf(rows),
        "columns", List.copyOf(columns),
        "cells", table,
        "totalUsd", total,
        "unpricedCalls", unpricedCalls,
        "unpricedModels", List.copyOf(unpricedModels),
        "pricesFrom", pricesFrom,
        "since", since,
        "explain", List.copyOf(explain.values()));
  }
}

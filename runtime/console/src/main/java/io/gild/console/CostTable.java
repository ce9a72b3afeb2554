package io.gild.console;

import io.gild.config.PriceTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What calls cost, by two properties. Each amount is counted once, at the call that used the
 * tokens, and belongs to the agent of the outermost call around it.
 */
final class CostTable {

  private static final int MOST_NAMES = 500;
  private static final long HOUR_MILLIS = 3_600_000;
  private static final String NONE = "none";
  private static final String REST = "(others)";

  private static final class Cell {
    private long nanoUsd;
    private long tokens;
    private long calls;
    private long unpriced;
  }

  private final String rowsBy;
  private final String columnsBy;
  private final String jvm;
  private final CostLines explain;
  private final Map<String, Map<String, Cell>> cells = new LinkedHashMap<>();
  private final Set<String> columns = new LinkedHashSet<>();
  private final Map<String, Long> sums = new HashMap<>();
  private long total;
  private long unpricedCalls;
  private long since = Long.MAX_VALUE;

  private CostTable(Query query, String jvm, PriceTable prices) {
    this.rowsBy = property(query.text("rows").isEmpty() ? "agent" : query.text("rows"));
    this.columnsBy = property(query.text("columns").isEmpty() ? NONE : query.text("columns"));
    this.jvm = jvm;
    this.explain = new CostLines(prices);
  }

  private static String property(String name) {
    if (!List.of(
            "agent",
            "model",
            "provider",
            "method",
            "version",
            "kind",
            "jvm",
            "outcome",
            "session",
            "hour",
            NONE)
        .contains(name)) {
      throw new Query.BadRequest(
          "rows and columns must be agent, model, provider, method, version, kind, jvm, outcome,"
              + " session, hour or none, but one is \""
              + ShortNames.cut(name)
              + "\"");
    }
    return name;
  }

  /** Answers {@code GET /v1/cost}. */
  static Map<String, @Nullable Object> of(
      CallRows rows, Query query, String jvm, PriceTable prices) {
    CostTable table = new CostTable(query, jvm, prices);
    Map<Long, CallRow> roots = roots(rows);
    CallFilter filter = new CallFilter(query);
    rows.newestFirst(row -> {
      table.since = Math.min(table.since, row.startMillis());
      CallRow root = roots.getOrDefault(row.root, row);
      if (row.kind != CallRow.Kind.HTTP && filter.test(root)) {
        table.add(row, root);
      }
      return true;
    });
    return table.toJson();
  }

  private static Map<Long, CallRow> roots(CallRows rows) {
    Map<Long, CallRow> roots = new HashMap<>();
    rows.newestFirst(row -> {
      if (row.isOutermost()) {
        roots.putIfAbsent(row.number, row.copy());
      }
      return true;
    });
    return roots;
  }

  private void add(CallRow row, CallRow root) {
    boolean used = row.hasOwnTokens();
    boolean outermost = row.isOutermost();
    if (!used && !outermost) {
      return;
    }
    String column = limited(columns, name(columnsBy, row, root));
    Map<String, Cell> line =
        cells.computeIfAbsent(
            limited(cells.keySet(), name(rowsBy, row, root)), absent -> new HashMap<>());
    columns.add(column);
    Cell cell = line.computeIfAbsent(column, absent -> new Cell());
    cell.nanoUsd += row.ownNanoUsd;
    cell.calls += isCounted(row, outermost, used) ? 1 : 0;
    cell.tokens += row.ownUsage().inputTokens() + row.ownUsage().outputTokens();
    total += row.ownNanoUsd;
    sums.merge(name(rowsBy, row, root), row.ownNanoUsd, Long::sum);
    explain.add(row);
    if (used && !row.isPriced()) {
      cell.unpriced++;
      unpricedCalls++;
    }
  }

  /** A table by model counts requests to models, every other one outermost calls. */
  private boolean isCounted(CallRow row, boolean outermost, boolean used) {
    boolean models = isOfModels(rowsBy) || isOfModels(columnsBy);
    return models ? used || outermost && row.modelCalls == 0 : outermost;
  }

  private static boolean isOfModels(String property) {
    return property.equals("model") || property.equals("provider");
  }

  private static String limited(Set<String> names, String name) {
    return names.size() < MOST_NAMES || names.contains(name) ? name : REST;
  }

  private String name(String property, CallRow row, CallRow root) {
    String name =
        switch (property) {
          case "agent" -> root.agent;
          case "model" -> row.model;
          case "provider" -> row.provider;
          case "method" -> root.agent + "." + root.method;
          case "version" -> root.version;
          case "kind" -> row.kind.word();
          case "jvm" -> jvm;
          case "outcome" -> root.outcome.word();
          case "session" -> root.session;
          case "hour" -> String.valueOf(row.startMillis() / HOUR_MILLIS * HOUR_MILLIS);
          default -> "all";
        };
    return name == null || name.isEmpty() ? "(none)" : name;
  }

  private Map<String, @Nullable Object> toJson() {
    List<String> rowNames = new ArrayList<>(cells.keySet());
    rowNames.sort(
        rowsBy.equals("hour")
            ? Comparator.naturalOrder()
            : Comparator.comparingLong((String name) -> -sums.getOrDefault(name, 0L))
                .thenComparing(Comparator.naturalOrder()));
    List<String> columnNames = new ArrayList<>(columns);
    columnNames.sort(Comparator.naturalOrder());
    List<List<@Nullable Object>> table = new ArrayList<>();
    for (String rowName : rowNames) {
      Map<String, Cell> line = cells.getOrDefault(rowName, Map.of());
      List<@Nullable Object> columnCells = new ArrayList<>();
      columnNames.forEach(column -> columnCells.add(json(line.get(column))));
      table.add(columnCells);
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("rows", rowNames);
    json.put("columns", columnNames);
    json.put("cells", table);
    json.put("totalUsd", CallJson.usd(total));
    json.put("unpricedCalls", unpricedCalls);
    json.put("unpricedModels", explain.unpriced());
    json.put("pricesFrom", explain.pricesFrom());
    json.put("since", since == Long.MAX_VALUE ? null : since);
    json.put("explain", explain.lines());
    return json;
  }

  private static @Nullable Map<String, Object> json(@Nullable Cell cell) {
    if (cell == null) {
      return null;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("usd", CallJson.usd(cell.nanoUsd));
    json.put("tokens", cell.tokens);
    json.put("calls", cell.calls);
    json.put("unpriced", cell.unpriced);
    return json;
  }
}

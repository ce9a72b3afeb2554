package io.gild.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tree of a call as lines of a terminal. */
final class TraceText {

  private static final List<String> OUTCOMES =
      List.of("", "failed", "refused", "cancelled", "running");

  private TraceText() {}

  static List<String> lines(
      Map<String, @Nullable Object> tree, @Nullable Map<String, @Nullable Object> root) {
    List<String> lines = new ArrayList<>();
    Map<?, ?> call = tree.get("call") instanceof Map<?, ?> map ? map : Map.of();
    lines.add(
        "%s.%s %s: %s"
            .formatted(
                TopTable.text(call.get("agent")),
                TopTable.text(call.get("method")),
                TopTable.text(call.get("id")),
                TopTable.text(call.get("words"))));
    lines.add("");
    lines.addAll(Columns.of(spans(tree)));
    long shown = TopTable.decimal(tree.get("shown")).longValue();
    long total = TopTable.decimal(tree.get("total")).longValue();
    if (shown < total) {
      lines.add(NumberText.count(shown) + " of " + NumberText.count(total) + " shown");
    }
    if (root != null) {
      addDecisions(root, lines);
      addCost(root, lines);
    }
    return lines;
  }

  private static List<List<String>> spans(Map<String, @Nullable Object> tree) {
    Map<?, ?> columns = tree.get("spans") instanceof Map<?, ?> map ? map : Map.of();
    List<?> names = list(tree.get("strings"));
    List<?> parents = list(columns.get("parent"));
    List<String> branches = branches(parents);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("CALL", "START", "TIME", "COST", "TOKENS", "OUTCOME"));
    for (int i = 0; i < parents.size(); i++) {
      int name = TopTable.decimal(list(columns.get("name")).get(i)).intValue();
      Object cost = list(columns.get("costUsd")).get(i);
      long tokens = TopTable.decimal(list(columns.get("tokens")).get(i)).longValue();
      int outcome = TopTable.decimal(list(columns.get("outcome")).get(i)).intValue();
      rows.add(
          List.of(
              branches.get(i) + TopTable.text(names.get(name)),
              TopTable.micros(list(columns.get("startMicros")).get(i)),
              TopTable.micros(list(columns.get("durationMicros")).get(i)),
              cost == null || TopTable.decimal(cost).signum() == 0
                  ? "-"
                  : NumberText.dollars(TopTable.decimal(cost)),
              tokens == 0 ? "-" : NumberText.count(tokens),
              OUTCOMES.get(Math.min(outcome, OUTCOMES.size() - 1))));
    }
    return rows;
  }

  /** Returns what is drawn before each name; a row is the last one below its parent or is not. */
  private static List<String> branches(List<?> parents) {
    int rows = parents.size();
    int[] parent = new int[rows];
    boolean[] last = new boolean[rows];
    Set<Integer> seen = new HashSet<>();
    for (int i = rows - 1; i >= 0; i--) {
      parent[i] = TopTable.decimal(parents.get(i)).intValue();
      last[i] = seen.add(parent[i]);
    }
    List<String> below = new ArrayList<>(); // what the rows below a row begin with
    List<String> branches = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      String before = parent[i] < 0 ? "" : below.get(parent[i]);
      branches.add(parent[i] < 0 ? "" : before + (last[i] ? "└ " : "├ "));
      below.add(parent[i] < 0 ? "" : before + (last[i] ? "  " : "│ "));
    }
    return branches;
  }

  private static void addDecisions(Map<String, @Nullable Object> root, List<String> lines) {
    List<Map<?, ?>> decisions = TopTable.maps(root.get("decisions"));
    if (!decisions.isEmpty()) {
      lines.add("");
      decisions.forEach(each ->
          lines.add(TopTable.text(each.get("kind")) + ": " + TopTable.text(each.get("words"))));
    }
  }

  private static void addCost(Map<String, @Nullable Object> root, List<String> lines) {
    if (!(root.get("cost") instanceof Map<?, ?> cost)) {
      return;
    }
    List<Map<?, ?>> parts = TopTable.maps(cost.get("lines"));
    if (parts.isEmpty()) {
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("COST OF", "MODEL", "TOKENS", "USD PER MILLION", "USD"));
    for (Map<?, ?> part : parts) {
      rows.add(
          List.of(
              TopTable.text(part.get("kind")),
              TopTable.text(part.get("model")),
              part.get("tokens") == null
                  ? "-"
                  : NumberText.count(TopTable.decimal(part.get("tokens")).longValue()),
              part.get("usdPerMillion") == null ? "-" : plain(part.get("usdPerMillion")),
              plain(part.get("usd"))));
    }
    rows.add(List.of("total", "", "-", "-", plain(cost.get("totalUsd"))));
    lines.add("");
    lines.addAll(Columns.of(rows));
    String why = TopTable.text(cost.get("why"));
    if (!why.isEmpty()) {
      lines.add(why);
    }
  }

  private static String plain(@Nullable Object value) {
    BigDecimal number = TopTable.decimal(value);
    return number.signum() == 0 ? "0" : number.toPlainString();
  }

  private static List<?> list(@Nullable Object value) {
    return value instanceof List<?> list ? list : List.of();
  }
}

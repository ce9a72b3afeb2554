package io.gild.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lists recorded calls. */
final class CallList {

  private static final int USUAL = 200;
  private static final int MOST = 10_000;

  private CallList() {}

  /** Answers {@code GET /v1/calls}. */
  static Map<String, @Nullable Object> of(CallRows rows, Query query, String jvm) {
    int limit = (int) Math.max(1, Math.min(MOST, query.number("limit", USUAL)));
    String order = query.text("order").isEmpty() ? "time" : query.text("order");
    Selection selection = select(rows, query, jvm, order, limit);
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    List<Map<String, @Nullable Object>> calls = new ArrayList<>();
    Map<Long, Integer> spans = spans(rows, selection.rows);
    for (CallRow row : selection.rows) {
      Map<String, @Nullable Object> call = CallJson.call(row, jvm);
      call.put("spans", spans.getOrDefault(row.number, 1));
      call.put(
          "cursor",
          String.valueOf(order.equals("time") ? row.sequence : selection.first + calls.size() + 1));
      calls.add(call);
    }
    answer.put("rows", calls);
    answer.put("shown", calls.size());
    answer.put("matched", selection.matched);
    answer.put("held", rows.held());
    answer.put("overwritten", rows.overwritten());
    answer.put("next", selection.next);
    return answer;
  }

  private static final class Selection {
    private List<CallRow> rows = new ArrayList<>();
    private long matched;
    private int first;
    private @Nullable String next;
  }

  /** Orders by time need no copies of rows that are not shown. */
  private static Selection select(CallRows rows, Query query, String jvm, String order, int limit) {
    Selection selection = new Selection();
    if (!query.text("jvm").isEmpty() && !query.text("jvm").equals(jvm)) {
      return selection;
    }
    CallFilter filter = new CallFilter(query);
    boolean inner = query.text("inner").equals("true");
    Comparator<CallRow> comparator = comparator(order);
    long before = query.number("before", comparator == null ? Long.MAX_VALUE : 0);
    rows.newestFirst(row -> {
      boolean wanted =
          (inner ? row.kind != CallRow.Kind.HTTP : row.isOutermost()) && filter.test(row);
      if (wanted) {
        selection.matched++;
        boolean running = row.outcome == CallRow.Outcome.RUNNING;
        if (comparator != null) {
          selection.rows.add(row.copy());
        } else if (running ? before == Long.MAX_VALUE : row.sequence < before) {
          if (selection.rows.size() < limit) {
            selection.rows.add(row.copy());
          } else if (selection.next == null) {
            selection.next = String.valueOf(selection.rows.get(selection.rows.size() - 1).sequence);
          }
        }
      }
      return true;
    });
    if (comparator != null) {
      cut(selection, comparator, (int) Math.min(Integer.MAX_VALUE, Math.max(0, before)), limit);
    }
    return selection;
  }

  private static @Nullable Comparator<CallRow> comparator(String order) {
    return switch (order) {
      case "time" -> null;
      case "duration" -> Comparator.comparingLong((CallRow row) -> row.durationNanos).reversed();
      case "cost" -> Comparator.comparingLong((CallRow row) -> row.nanoUsd).reversed();
      default ->
          throw new Query.BadRequest(
              "order must be time, duration or cost, but is \"" + order + "\"");
    };
  }

  private static void cut(
      Selection selection, Comparator<CallRow> comparator, int offset, int limit) {
    selection.rows.sort(comparator);
    int from = Math.min(offset, selection.rows.size());
    int to = Math.min(from + limit, selection.rows.size());
    selection.first = from;
    selection.next = to < selection.rows.size() ? String.valueOf(to) : null;
    selection.rows = new ArrayList<>(selection.rows.subList(from, to));
  }

  /** Counts the rows of each call that is shown. */
  private static Map<Long, Integer> spans(CallRows rows, List<CallRow> shown) {
    Map<Long, Integer> spans = new HashMap<>();
    shown.forEach(row -> spans.put(row.number, 0));
    rows.newestFirst(row -> {
      spans.computeIfPresent(row.root, (root, count) -> count + 1);
      return true;
    });
    spans.replaceAll((root, count) -> Math.max(1, count));
    return spans;
  }
}

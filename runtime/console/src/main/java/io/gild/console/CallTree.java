package io.gild.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The calls and requests inside of one call, in depth-first order. */
final class CallTree {

  /** One row and its place. */
  record Span(CallRow row, int parent) {}

  private final List<Span> spans;

  private CallTree(List<Span> spans) {
    this.spans = spans;
  }

  /**
   * Reads the tree of a call.
   *
   * @return the tree, or {@code null} if the call is not in the recording
   */
  static @Nullable CallTree read(CallRows rows, long id) {
    CallRow call = find(rows, id);
    if (call == null) {
      return null;
    }
    Map<Long, CallRow> all = new HashMap<>();
    rows.newestFirst(row -> {
      if (row.root == call.root) {
        all.merge(row.number, row.copy(), CallTree::ended);
      }
      return true;
    });
    all.putIfAbsent(call.number, call);
    return new CallTree(order(call, all));
  }

  /** Of a call that ended while it was read, the ended one counts. */
  private static CallRow ended(CallRow one, CallRow other) {
    return one.outcome == CallRow.Outcome.RUNNING ? other : one;
  }

  static @Nullable CallRow find(CallRows rows, long id) {
    CallRow[] found = new CallRow[1];
    rows.newestFirst(row -> {
      if (row.number == id) {
        found[0] = row.copy();
      }
      return found[0] == null;
    });
    if (found[0] == null) {
      return stillRunning(rows, id);
    }
    return found[0];
  }

  /** Returns a call of which only calls inside are known, because it still runs or was dropped. */
  private static @Nullable CallRow stillRunning(CallRows rows, long id) {
    CallRow known = new CallRow();
    known.number = id;
    known.root = id;
    known.outcome = CallRow.Outcome.RUNNING;
    known.method = "(running or no longer recorded)";
    rows.newestFirst(row -> {
      if (row.root == id && (known.startNanos == 0 || row.startNanos < known.startNanos)) {
        known.startNanos = row.startNanos;
        known.endMillis = Math.max(known.endMillis, row.endMillis);
        known.agent = row.agent;
        known.kind = CallRow.Kind.AGENT;
      }
      return true;
    });
    return known.endMillis == 0 ? null : known;
  }

  /** A span whose parent is not recorded is put below the call itself. */
  private static List<Span> order(CallRow call, Map<Long, CallRow> all) {
    Map<Long, List<CallRow>> children = new HashMap<>();
    for (CallRow row : all.values()) {
      if (row.number != call.number) {
        boolean known = row.parent != row.number && all.containsKey(row.parent);
        long parent = known ? row.parent : call.root == call.number ? call.number : 0;
        children.computeIfAbsent(parent, absent -> new ArrayList<>()).add(row);
      }
    }
    Comparator<CallRow> latestFirst =
        Comparator.comparingLong((CallRow row) -> row.startNanos)
            .thenComparingLong(row -> row.number)
            .reversed();
    children.values().forEach(each -> each.sort(latestFirst));
    List<Span> spans = new ArrayList<>(all.size());
    Deque<Span> open = new ArrayDeque<>();
    open.push(new Span(call, -1));
    while (!open.isEmpty()) {
      Span next = open.pop();
      int place = spans.size();
      spans.add(next);
      List<CallRow> below = children.remove(next.row().number);
      if (below != null) {
        below.forEach(row -> open.push(new Span(row, place)));
      }
    }
    return spans;
  }

  List<Span> spans() {
    return spans;
  }

  CallRow call() {
    return spans.get(0).row();
  }

  @Nullable CallRow span(long id) {
    for (Span span : spans) {
      if (span.row().number == id) {
        return span.row();
      }
    }
    return null;
  }

  /** Returns the tree of a span within this one. */
  CallTree below(long id) {
    Map<Long, CallRow> all = new HashMap<>();
    CallRow top = call();
    for (Span span : spans) {
      boolean inside =
          span.row().number == id
              || (span.parent() >= 0 && all.containsKey(spans.get(span.parent()).row().number));
      if (inside) {
        all.put(span.row().number, span.row());
        top = span.row().number == id ? span.row() : top;
      }
    }
    return all.isEmpty() ? this : new CallTree(order(top, all));
  }

  /** Answers {@code GET /v1/calls/{jvm}/{id}}. */
  Map<String, @Nullable Object> columns(String jvm, int most) {
    int shown = Math.min(spans.size(), most);
    Map<String, Integer> strings = new LinkedHashMap<>();
    String[] names = {
      "id",
      "parent",
      "name",
      "kind",
      "startMicros",
      "durationMicros",
      "outcome",
      "costUsd",
      "tokens"
    };
    List<List<@Nullable Object>> columns = new ArrayList<>();
    for (int i = 0; i < names.length; i++) {
      columns.add(new ArrayList<>(shown));
    }
    for (Span span : spans.subList(0, shown)) {
      CallRow row = span.row();
      int name = strings.computeIfAbsent(name(row), absent -> strings.size());
      Object[] values = {
        String.valueOf(row.number),
        span.parent(),
        name,
        row.kind.ordinal(),
        (row.startNanos - call().startNanos) / 1_000,
        row.durationNanos / 1_000,
        row.outcome.ordinal(),
        row.kind == CallRow.Kind.HTTP ? null : CallJson.usd(row.nanoUsd),
        row.inputTokens + row.outputTokens
      };
      for (int i = 0; i < names.length; i++) {
        columns.get(i).add(values[i]);
      }
    }
    Map<String, @Nullable Object> columnsByName = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      columnsByName.put(names[i], columns.get(i));
    }
    Map<String, @Nullable Object> callJson = CallJson.call(call(), jvm);
    callJson.put("spans", spans.size());
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("call", callJson);
    answer.put("shown", shown);
    answer.put("total", spans.size());
    answer.put("strings", List.copyOf(strings.keySet()));
    answer.put("spans", columnsByName);
    return answer;
  }

  /** Returns the name that a span has in the tree. */
  static String name(CallRow row) {
    return switch (row.kind) {
      case HTTP -> "HTTP " + (row.model == null ? "" : row.model);
      case MODEL, EMBEDDING -> row.model == null ? row.agent + "." + row.method : row.model;
      case TOOL -> row.method;
      default -> row.agent + "." + row.method;
    };
  }
}

package io.gild.console;

import io.gild.config.PriceTable;
import io.gild.config.TokenKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One span with all its facts. */
final class SpanJson {

  private SpanJson() {}

  /** Answers {@code GET /v1/calls/{jvm}/{id}/spans/{span}}; {@code null} without such a span. */
  static @Nullable Map<String, @Nullable Object> of(
      @Nullable CallTree tree, String spanId, PriceTable prices, Predicate<CallRow> hasContent) {
    CallRow row = tree == null ? null : tree.span(CallIds.parse(spanId));
    if (tree == null || row == null) {
      return null;
    }
    CallTree below = tree.below(row.number);
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("facts", facts(row));
    json.put("decisions", CallWords.decisions(row));
    json.put("cost", cost(row, below, prices));
    json.put("http", http(row, below));
    json.put("content", hasContent.test(row) ? "captured" : "not captured");
    return json;
  }

  private static @Nullable Object cost(CallRow row, CallTree below, PriceTable prices) {
    if (row.kind == CallRow.Kind.HTTP) {
      return null;
    }
    CostLines lines = new CostLines(prices);
    below.spans().forEach(span -> lines.add(span.row()));
    if (row.outcome != CallRow.Outcome.RUNNING) {
      lines.total(row.nanoUsd);
    }
    return lines.toJson(row.isPriced());
  }

  private static List<Map<String, @Nullable Object>> http(CallRow row, CallTree below) {
    List<Map<String, @Nullable Object>> requests = new ArrayList<>();
    for (CallTree.Span span : below.spans()) {
      CallRow each = span.row();
      if (each.kind == CallRow.Kind.HTTP
          && (each.parent == row.number || each.number == row.number)) {
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("status", each.status == 0 ? null : each.status);
        request.put("durationMicros", each.durationNanos / 1_000);
        request.put("host", each.model);
        request.put("error", each.error);
        requests.add(request);
      }
    }
    return requests;
  }

  private static List<Map<String, @Nullable Object>> facts(CallRow row) {
    List<Map<String, @Nullable Object>> facts = new ArrayList<>();
    add(facts, "number", row.number);
    add(facts, "kind", row.kind.word());
    add(facts, "agent", row.agent);
    add(facts, "method", row.className.isEmpty() ? row.method : row.className + "#" + row.method);
    add(facts, "version", row.version);
    add(facts, "outcome", row.outcome.word());
    add(facts, "error", row.error);
    add(facts, row.kind == CallRow.Kind.HTTP ? "host" : "model", row.model);
    add(facts, "provider", row.provider);
    add(facts, "session", row.session);
    add(facts, "cache", row.cache);
    add(facts, "trace", row.trace());
    add(facts, "span", row.spanId());
    if (row.kind == CallRow.Kind.HTTP) {
      add(facts, "status", row.status == 0 ? null : row.status);
      add(facts, "requests before it in the attempt", row.failedRequests);
      return facts;
    }
    add(facts, "attempts", row.attempts);
    add(facts, "HTTP requests", row.httpAttempts);
    add(facts, "failed HTTP requests", row.failedRequests);
    add(facts, "model requests inside", row.modelCalls);
    add(facts, "waited between attempts, milliseconds", row.waitedNanos / 1_000_000);
    add(facts, "input tokens", row.inputTokens);
    add(facts, "output tokens", row.outputTokens);
    for (TokenKind kind : TokenKind.values()) {
      int own = row.ownTokens[kind.ordinal()];
      if (own > 0) {
        add(facts, "own tokens: " + kind.type(), own);
      }
    }
    if (row.isShadow()) {
      add(facts, "shadow", "no caller got the answer");
    }
    return facts;
  }

  private static void add(
      List<Map<String, @Nullable Object>> facts, String name, @Nullable Object value) {
    if (value != null && !"".equals(value)) {
      Map<String, @Nullable Object> fact = new LinkedHashMap<>();
      fact.put("name", name);
      fact.put("value", String.valueOf(value));
      facts.add(fact);
    }
  }
}

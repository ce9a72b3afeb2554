package io.gild.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A made-up tree of spans, and the details of each. */
final class PageFixtureTree {

  private static final List<String> NAMES =
      List.of(
          "answer",
          "chat gpt-5-mini",
          "search_orders",
          "embed query",
          "POST api.openai.com",
          "plan");

  private final List<Object> strings = new ArrayList<>(NAMES);
  private final Map<String, List<@Nullable Object>> columns = new LinkedHashMap<>();
  private final Random random;
  private final int total;
  private long clock;

  PageFixtureTree(int total, long seed) {
    this.total = total;
    random = new Random(seed);
    strings.addAll(PageFixtureAgents.HOSTILE);
    for (String name :
        List.of(
            "id",
            "parent",
            "name",
            "kind",
            "startMicros",
            "durationMicros",
            "outcome",
            "costUsd",
            "tokens")) {
      columns.put(name, new ArrayList<>());
    }
    add(-1, 0, 0);
    while (size() < total) {
      step(0, 1);
    }
    long end = clock;
    column("durationMicros").set(0, end);
  }

  private int size() {
    return column("id").size();
  }

  private List<@Nullable Object> column(String name) {
    List<@Nullable Object> column = columns.get(name);
    if (column == null) {
      throw new IllegalArgumentException(name);
    }
    return column;
  }

  private int add(int parent, int name, int kind) {
    int at = size();
    column("id").add("s" + at);
    column("parent").add(parent);
    column("name").add(total > 1000 && at % 97 == 96 ? NAMES.size() + at % 7 : name);
    column("kind").add(kind);
    column("startMicros").add(clock);
    column("durationMicros").add(0L);
    column("outcome").add(at > 0 && at % 41 == 5 ? 1 : at % 97 == 9 ? 2 : 0);
    column("costUsd").add(kind == 1 ? PageFixtureAgents.money(0.000_123 * (1 + at % 9)) : null);
    column("tokens").add(kind == 1 ? 300 + at % 900 : 0);
    return at;
  }

  private void step(int parent, int depth) {
    int kind = 1 + random.nextInt(3);
    int at = add(parent, kind, kind);
    long begin = clock;
    clock += 500 + random.nextInt(40_000);
    int attempts = kind == 1 ? 1 + random.nextInt(3) / 2 : 0;
    for (int i = 0; i < attempts && size() < total; i++) {
      int http = add(at, 4, 4);
      long length = 20_000 + random.nextInt(200_000);
      column("durationMicros").set(http, length);
      clock += length;
    }
    if (kind == 2 && depth < 7) {
      for (int i = random.nextInt(3); i > 0 && size() < total; i--) {
        step(at, depth + 1);
      }
    }
    clock += 500 + random.nextInt(9_000);
    column("durationMicros").set(at, clock - begin);
  }

  Map<String, @Nullable Object> json(Map<String, @Nullable Object> call) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>(call);
    shown.put("durationMicros", column("durationMicros").get(0));
    shown.put("spans", size());
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("call", shown);
    answer.put("shown", size());
    answer.put("total", size());
    answer.put("strings", strings);
    answer.put("spans", columns);
    return answer;
  }

  static Map<String, @Nullable Object> span(String id, long now, boolean hostile) {
    Map<String, @Nullable Object> span = new LinkedHashMap<>();
    List<Object> facts =
        new ArrayList<>(
            List.of(
                fact("model", "gpt-5-mini"),
                fact("provider", "openai"),
                fact("finish reason", "stop"),
                fact("input tokens", 1200),
                fact("span", id)));
    if (hostile) {
      PageFixtureAgents.HOSTILE.forEach(text -> facts.add(fact(text, text)));
    }
    span.put("facts", facts);
    span.put(
        "decisions",
        List.of(
            decision(now, "route", "tier small: the prompt is short"),
            decision(now + 2, "cache", "not in the cache"),
            decision(
                now + 310,
                "retry",
                "attempt 1 failed with status 429; waited 1 s as the server asked"),
            decision(
                now + 1400,
                "breaker",
                hostile
                    ? PageFixtureAgents.HOSTILE.get(0)
                    : "closed: 1 of the last 10 attempts failed")));
    span.put(
        "cost",
        Map.of(
            "lines",
            List.of(
                line("input", 1200, 0.25, 0.000_3),
                line("cache read", 800, 0.025, 0.000_02),
                line("output", 150, 2, 0.000_3)),
            "totalUsd",
            PageFixtureAgents.money(0.000_62),
            "priced",
            true,
            "model",
            "gpt-5-mini",
            "pricesFrom",
            "2026-11-20",
            "why",
            ""));
    span.put(
        "http",
        List.of(
            Map.of("status", 429, "durationMicros", 210_000, "host", "api.openai.com"),
            Map.of("status", 200, "durationMicros", 1_130_000, "host", "api.openai.com")));
    span.put("content", "captured");
    return span;
  }

  private static Map<String, Object> fact(String name, Object value) {
    return Map.of("name", name, "value", value);
  }

  private static Map<String, Object> decision(long at, String kind, String words) {
    return Map.of("at", at, "kind", kind, "words", words);
  }

  private static Map<String, Object> line(String kind, int tokens, double price, double usd) {
    return Map.of(
        "kind",
        kind,
        "tokens",
        tokens,
        "usdPerMillion",
        price,
        "usd",
        PageFixtureAgents.money(usd));
  }
}

package io.gild.console;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Made-up agents in the form in which the console's page reads them. */
final class PageFixtureAgents {

  static final List<String> HOSTILE =
      List.of(
          "<img src=x onerror=\"document.title='broken'\">",
          "\"><script>document.title='broken'</script>",
          "\u001b[31mred\u001b[0m\u0007",
          "\u202egnp.exe \u05e9\u05dc\u05d5\u05dd مرحبا",
          "two\r\nlines & 'quotes' \"double\" `tick` ${x} {{y}}",
          "=HYPERLINK(\"http://example.org\")",
          "x".repeat(3000));

  /** With as many agents or fewer, no text is hostile: for pictures. */
  static final int PLAIN = 20;

  static final List<String> MODELS =
      List.of("gpt-5-mini", "gpt-5", "claude-haiku-4-5", "gemini-3-flash", "own-model");

  private static final List<String> NAMES =
      List.of(
          "support",
          "triage",
          "billing",
          "refunds",
          "invoice-reader",
          "contract-review",
          "search",
          "summary",
          "translation",
          "onboarding",
          "fraud-check",
          "shipping",
          "recommendation",
          "moderation",
          "sql-assistant",
          "ticket-router",
          "price-watch",
          "code-review",
          "meeting-notes",
          "lead-scoring");

  final Map<String, Map<String, @Nullable Object>> rows = new LinkedHashMap<>();
  private final Random random = new Random(42);
  private final long started;

  PageFixtureAgents(int number, long started) {
    this.started = started;
    for (int i = 0; i < number; i++) {
      Map<String, @Nullable Object> row = row(i, nameOf(i));
      rows.put((String) row.get("key"), row);
    }
  }

  private static String nameOf(int i) {
    int hostile = i - NAMES.size();
    if (hostile >= 0 && hostile < HOSTILE.size()) {
      return HOSTILE.get(hostile);
    }
    String name = NAMES.get(i % NAMES.size());
    return i < NAMES.size() ? name : name + "-" + i / NAMES.size();
  }

  private Map<String, @Nullable Object> row(int i, String name) {
    Map<String, @Nullable Object> row = new LinkedHashMap<>();
    String jvm = i % 10 == 9 ? "4712" : "4711";
    long calls = i % 17 == 16 ? 0 : 100 + random.nextInt(9000);
    long failed = i % 7 == 3 ? calls / 8 : calls / 400;
    long p50 = 180_000L + random.nextInt(1_400_000);
    boolean priced = i % 11 != 10;
    row.put("key", jvm + "/" + name);
    row.put("jvm", jvm);
    row.put("agent", name);
    row.put("methods", 1 + i % 3);
    row.put("versions", i % 5 == 0 ? List.of("1.2", "1.3") : List.of("1.2"));
    row.put("callsPerSecond", rate(i));
    row.put("calls", calls);
    row.put("running", i % 9 == 0 ? 2 : 0);
    row.put("succeeded", calls - failed);
    row.put("failed", failed);
    row.put("refused", i % 13 == 4 ? 12 : 0);
    row.put("cancelled", 0);
    row.put("successShare", calls == 0 ? null : share(calls - failed, calls));
    row.put("p50Micros", calls == 0 ? null : p50);
    row.put("p95Micros", calls == 0 ? null : p50 * 3);
    row.put("p99Micros", calls == 0 ? null : p50 * 5);
    row.put("costUsd", priced ? money(calls * 0.000_41) : BigDecimal.ZERO);
    row.put("costPerDayUsd", priced && calls > 0 ? money(calls * 0.003_7) : null);
    row.put("priced", priced);
    row.put(
        "savedUsd",
        Map.of(
            "cache", money(i % 3 == 0 ? calls * 0.000_1 : 0), "routing", money(0.000_02 * calls)));
    row.put("inputTokens", calls * 830);
    row.put("outputTokens", calls * 140);
    row.put("models", List.of(priced ? MODELS.get(i % 4) : "own-model"));
    row.put(
        "breakers",
        Map.of("closed", i % 2, "open", i % 40 == 6 ? 1 : 0, "halfOpen", i % 50 == 8 ? 1 : 0));
    row.put("budget", i % 4 == 1 ? budget(i) : null);
    row.put("rollout", i == 0 ? "support-1.3" : null);
    row.put("flags", i % 60 == 2 ? 1 : 0);
    row.put("lastError", failed > 0 && i % 7 == 3 ? "java.net.ConnectException" : "");
    row.put("lastCall", started - random.nextInt(60_000));
    row.put("sparkline", sparkline(i));
    return row;
  }

  private double rate(int i) {
    return i % 17 == 16 ? 0 : Math.round((0.02 + 8.0 / (1 + i)) * 100) / 100.0;
  }

  private static Map<String, Object> budget(int i) {
    double used = (i * 37 % 105) / 100.0;
    return Map.of("usedShare", used, "limitUsd", 5, "spentUsd", money(5 * used), "period", "day");
  }

  private List<Integer> sparkline(int i) {
    List<Integer> values = new ArrayList<>();
    for (int k = 0; k < 30; k++) {
      values.add(i % 17 == 16 ? 0 : random.nextInt(6) + (int) (4 * Math.sin(k / 4.0 + i) + 4));
    }
    return values;
  }

  static BigDecimal money(double usd) {
    return BigDecimal.valueOf(usd).setScale(9, RoundingMode.HALF_UP).stripTrailingZeros();
  }

  private static double share(long part, long all) {
    return Math.round(part * 10_000.0 / all) / 10_000.0;
  }

  /** Lets some agents answer calls; returns the changed rows. */
  List<Map<String, @Nullable Object>> step(int changes) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>(rows.values());
    List<Map<String, @Nullable Object>> changed = new ArrayList<>();
    for (int i = 0; i < changes && !all.isEmpty(); i++) {
      Map<String, @Nullable Object> row = all.get(random.nextInt(all.size()));
      long calls = (Long) row.get("calls") + 1;
      row.put("calls", calls);
      row.put("succeeded", (Long) row.get("succeeded") + 1);
      row.put("callsPerSecond", Math.round(random.nextDouble() * 800) / 100.0);
      List<Object> line = new ArrayList<>((List<?>) row.get("sparkline"));
      line.remove(0);
      line.add(random.nextInt(10));
      row.put("sparkline", line);
      changed.add(row);
    }
    return changed;
  }

  List<Map<String, Object>> controls(boolean readOnly) {
    List<Map<String, Object>> controls = new ArrayList<>();
    controls.add(
        control(
            "4711",
            "mode",
            "observe",
            "",
            "observe",
            "policies watch, none of them acts",
            readOnly ? List.of() : List.of("enforce")));
    for (Map<String, @Nullable Object> row : rows.values()) {
      Map<?, ?> breakers = (Map<?, ?>) row.get("breakers");
      String agent = (String) row.get("agent");
      String jvm = (String) row.get("jvm");
      boolean open = Integer.valueOf(1).equals(breakers.get("open"));
      if (open || Integer.valueOf(1).equals(breakers.get("closed"))) {
        controls.add(
            control(
                jvm,
                "circuitbreaker",
                agent + "#answer",
                agent,
                open ? "open" : "closed",
                open
                    ? "open for 12 s: 6 of the last 10 attempts failed"
                    : "closed: 0 of the last 10 attempts failed",
                readOnly ? List.of() : List.of(open ? "close" : "open")));
      }
      if (controls.size() % 5 == 0) {
        controls.add(
            control(
                jvm,
                "cache",
                agent + "#answer",
                agent,
                "active",
                "412 entries, 63 % of the calls were hits",
                readOnly ? List.of() : List.of("clear")));
      }
    }
    return controls;
  }

  private static Map<String, Object> control(
      String jvm,
      String kind,
      String name,
      String agent,
      String state,
      String words,
      List<String> actions) {
    Map<String, Object> control = new LinkedHashMap<>();
    control.put("key", jvm + "/" + kind + "/" + name);
    control.put("jvm", jvm);
    control.put("kind", kind);
    control.put("name", name);
    control.put("agent", agent);
    control.put("method", agent.isEmpty() ? "" : "answer");
    control.put("state", state);
    control.put("words", words);
    control.put("numbers", Map.of("entries", 412));
    control.put("actions", actions);
    return control;
  }
}

package io.gild.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Made-up answers about costs, golden tasks and policies. */
final class PageFixtureTables {

  private PageFixtureTables() {}

  static Map<String, @Nullable Object> cost(
      Map<String, String> query, List<String> agents, long since) {
    String rowsBy = query.getOrDefault("rows", "agent");
    String columnsBy = query.getOrDefault("columns", "none");
    List<String> rows = values(rowsBy, agents);
    List<String> columns = columnsBy.equals("none") ? List.of("all") : values(columnsBy, agents);
    List<List<@Nullable Object>> cells = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      List<@Nullable Object> line = new ArrayList<>();
      for (int j = 0; j < columns.size(); j++) {
        boolean unpriced = columns.get(j).equals("own-model");
        line.add(
            (i * 3 + j) % 5 == 4
                ? null
                : Map.of(
                    "usd",
                    PageFixtureAgents.money(unpriced ? 0 : 1.9 / (1 + i + 3 * j)),
                    "tokens",
                    91_000 / (1 + i + j),
                    "calls",
                    400 / (1 + i) + 1,
                    "unpriced",
                    unpriced ? 3 : 0));
      }
      cells.add(line);
    }
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("rows", rows);
    answer.put("columns", columns);
    answer.put("cells", cells);
    answer.put("totalUsd", 12.345_678_9);
    answer.put("unpricedCalls", 42);
    answer.put(
        "unpricedModels",
        agents.containsAll(PageFixtureAgents.HOSTILE)
            ? List.of("own-model", PageFixtureAgents.HOSTILE.get(0))
            : List.of("own-model"));
    answer.put("pricesFrom", "2026-11-20");
    answer.put("savedUsd", Map.of("cache", 1.25, "routing", 0.4));
    answer.put("since", since);
    answer.put(
        "explain",
        List.of(
            part("input", "gpt-5-mini", 8_000_000, 0.25, 2),
            part("output", "gpt-5-mini", 1_000_000, 2, 2),
            part("input", "gpt-5", 5_000_000, 1.25, 6.25),
            part("output", "gpt-5", 209_567, 10, 2.095_67),
            part("cache read", "gpt-5", 71, 0.125, 0.000_008_875)));
    return answer;
  }

  private static List<String> values(String property, List<String> agents) {
    return switch (property) {
      case "agent" -> agents.subList(0, Math.min(agents.size(), 300));
      case "model" -> PageFixtureAgents.MODELS;
      case "hour" -> List.of("2026-11-30T14:00Z", "2026-11-30T15:00Z", "2026-11-30T16:00Z");
      default -> List.of(property + "-a", property + "-b", property + "-c");
    };
  }

  private static Map<String, Object> part(
      String kind, String model, int tokens, double price, double usd) {
    return Map.of(
        "kind",
        kind,
        "model",
        model,
        "tokens",
        tokens,
        "usdPerMillion",
        price,
        "usd",
        PageFixtureAgents.money(usd));
  }

  static Map<String, Object> golden(List<String> agents, long now) {
    List<Object> runs = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      boolean passed = i % 6 != 1;
      List<Object> tasks = new ArrayList<>();
      for (int k = 0; k < 10; k++) {
        boolean taskPassed = passed || k != 4;
        tasks.add(
            Map.of(
                "id",
                "task_" + k,
                "score",
                taskPassed ? 1.0 : 0.2,
                "passed",
                taskPassed,
                "words",
                taskPassed ? "" : PageFixtureAgents.HOSTILE.get(k)));
      }
      runs.add(
          Map.of(
              "at",
              now - i * 3_600_000L,
              "agent",
              agents.get(i % 6),
              "suite",
              "golden",
              "passed",
              passed ? 10 : 9,
              "failed",
              passed ? 0 : 1,
              "score",
              passed ? 0.97 : 0.92 - i / 100.0,
              "gate",
              passed ? "passed" : "failed",
              "tasks",
              tasks));
    }
    return Map.of(
        "gates",
        List.of(
            gate(agents.get(0), "dev-to-staging", "passed", now),
            gate(agents.get(0), "staging-to-production", "not enough runs", now),
            gate(agents.get(1), "production", "failed", now)),
        "runs",
        runs,
        "where",
        ".gild/history");
  }

  private static Map<String, Object> gate(String agent, String stage, String verdict, long now) {
    return Map.of(
        "agent",
        agent,
        "stage",
        stage,
        "verdict",
        verdict,
        "opens",
        verdict.equals("passed"),
        "at",
        now,
        "version",
        "1.2",
        "passRate",
        "85.0 %, required is >= 80 %",
        "words",
        verdict.equals("passed") ? "" : PageFixtureAgents.HOSTILE.get(0));
  }

  static Map<String, Object> policies(List<String> agents) {
    List<Object> methods = new ArrayList<>();
    for (String agent : agents) {
      methods.add(
          Map.of(
              "jvm",
              "4711",
              "agent",
              agent,
              "method",
              "com.acme.Agents#answer",
              "policies",
              List.of(
                  policy(
                      "retry",
                      Map.of("maxAttempts", 3, "wait", Map.of("first", "500ms")),
                      "@Retry on com.acme.Agents#answer",
                      true,
                      ""),
                  policy(
                      "circuit-breaker",
                      Map.of("failureRate", 50),
                      "gild.yaml:12",
                      false,
                      "observe mode: does not act"),
                  policy("cost", Map.of(), "default", true, ""))));
    }
    return Map.of("methods", methods);
  }

  private static Map<String, Object> policy(
      String key, Map<String, Object> value, String origin, boolean acts, String words) {
    return Map.of("key", key, "value", value, "origin", origin, "acts", acts, "words", words);
  }
}

package io.gild.console;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Made-up calls, newest first, in the form in which the console's page reads them. */
final class PageFixtureCalls {

  static final int HELD = 4321;

  private final Deque<Map<String, @Nullable Object>> newestFirst = new ArrayDeque<>();
  private final List<String> agents;
  private final Random random = new Random(7);
  private long next = 1;

  PageFixtureCalls(List<String> agents, long now) {
    this.agents = agents;
    for (int i = HELD; i > 0; i--) {
      add(now - i * 200L);
    }
  }

  Map<String, @Nullable Object> add(long at) {
    long id = next++;
    String agent = agents.get((int) (id * 7 % agents.size()));
    int dice = random.nextInt(100);
    String outcome =
        dice < 90
            ? "success"
            : dice < 95 ? "failure" : dice < 97 ? "refused" : dice < 98 ? "cancelled" : "running";
    boolean cached = outcome.equals("success") && dice < 12;
    boolean priced = dice % 20 != 7;
    Map<String, @Nullable Object> call = new LinkedHashMap<>();
    call.put("jvm", id % 10 == 9 ? "4712" : "4711");
    call.put("id", Long.toString(id));
    call.put("trace", "4bf92f3577b34da6a3ce929d0e0e4736");
    call.put("agent", agent);
    call.put("method", id % 3 == 0 ? "classify" : "answer");
    call.put("version", "1.2");
    call.put("kind", "agent");
    call.put("start", at);
    call.put("durationMicros", cached ? 240L : 90_000L + random.nextInt(4_000_000));
    call.put("outcome", outcome);
    call.put("error", outcome.equals("failure") ? "java.net.ConnectException" : "");
    call.put("attempts", outcome.equals("failure") ? 3 : 1);
    call.put("httpAttempts", cached ? 0 : outcome.equals("failure") ? 3 : 1);
    call.put("model", cached ? null : PageFixtureAgents.MODELS.get((int) (id % 5)));
    call.put("provider", "openai");
    call.put("cache", cached ? "hit" : null);
    call.put(
        "costUsd",
        cached ? 0 : priced ? PageFixtureAgents.money(0.000_1 + random.nextInt(5000) / 1e6) : null);
    call.put("priced", priced);
    call.put("inputTokens", cached ? 0 : 400 + random.nextInt(3000));
    call.put("outputTokens", cached ? 0 : 40 + random.nextInt(500));
    call.put("spans", 12);
    call.put("session", "s-" + id % 40);
    call.put("shadow", id % 97 == 0);
    call.put("words", words(id, outcome, cached));
    newestFirst.addFirst(call);
    while (newestFirst.size() > HELD) {
      newestFirst.removeLast();
    }
    return call;
  }

  private static String words(long id, String outcome, boolean cached) {
    if (id % 50 == 13) {
      return PageFixtureAgents.HOSTILE.get((int) (id % 7));
    }
    return switch (outcome) {
      case "failure" -> "3 attempts, each failed";
      case "refused" -> "refused: the circuit breaker is open";
      case "running" -> "running";
      default -> cached ? "served from the cache: exact" : "answered at the first attempt";
    };
  }

  Map<String, @Nullable Object> find(String id) {
    return newestFirst.stream()
        .filter(call -> id.equals(call.get("id")))
        .findFirst()
        .orElseGet(() -> new LinkedHashMap<>(newestFirst.getFirst()));
  }

  Map<String, @Nullable Object> page(Map<String, String> query) {
    List<Map<String, @Nullable Object>> matching =
        new ArrayList<>(newestFirst.stream().filter(call -> matches(call, query)).toList());
    if ("duration".equals(query.get("order"))) {
      matching.sort(
          (a, b) -> Long.compare((Long) b.get("durationMicros"), (Long) a.get("durationMicros")));
    }
    long before = Long.parseLong(query.getOrDefault("before", "0"));
    int from =
        before == 0
            ? 0
            : (int)
                matching.stream()
                    .takeWhile(call -> Long.parseLong((String) call.get("id")) >= before)
                    .count();
    int to = Math.min(matching.size(), from + Integer.parseInt(query.getOrDefault("limit", "200")));
    Map<String, @Nullable Object> answer = new LinkedHashMap<>();
    answer.put("rows", matching.subList(Math.min(from, to), to));
    answer.put("shown", to - from);
    answer.put("matched", matching.size());
    answer.put("held", newestFirst.size());
    answer.put("overwritten", next - 1 - newestFirst.size());
    answer.put("next", to < matching.size() ? matching.get(to - 1).get("id") : null);
    return answer;
  }

  private static boolean matches(Map<String, @Nullable Object> call, Map<String, String> query) {
    for (String name :
        List.of("agent", "method", "outcome", "model", "version", "jvm", "session")) {
      String wanted = query.get(name);
      if (wanted != null && !wanted.equals(call.get(name))) {
        return false;
      }
    }
    String text = query.get("text");
    String least = query.get("minMillis");
    return (text == null || call.toString().contains(text))
        && (least == null || (Long) call.get("durationMicros") >= Double.parseDouble(least) * 1000);
  }
}

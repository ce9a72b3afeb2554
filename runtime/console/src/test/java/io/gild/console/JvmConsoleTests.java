package io.gild.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gild.core.CallKind;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JvmConsoleTests {

  @TempDir Path data;
  GildRuntime runtime;
  String base;

  @BeforeEach
  void start() {
    runtime = Calls.runtime(data);
    base = Calls.console(runtime).url();
  }

  @AfterEach
  void end() {
    runtime.close();
  }

  private void makeCalls() {
    GovernedMethod support = Calls.method(runtime, CallKind.AGENT, "support", "answer");
    GovernedMethod model = Calls.method(runtime, CallKind.CHAT, "model", "chat");
    GovernedMethod tool = Calls.method(runtime, CallKind.TOOL, "support", "lookUp");
    Calls.call(
        support,
        () -> {
          Calls.call(tool, () -> {});
          Calls.call(model, () -> Calls.useTokens("gpt-4o-mini", 1_000, 100));
        });
    Calls.call(
        support,
        () -> {
          throw new IllegalStateException("<b>no</b>");
        });
  }

  @Test
  void showsAgentsAndTheirNumbers() throws Exception {
    makeCalls();
    Map<?, ?> state = Http.json(base + "v1/state");
    Map<?, ?> agents = Http.map(state.get("agents"));
    List<?> rows = (List<?>) agents.get("rows");
    assertEquals(1, rows.size(), rows::toString);
    Map<?, ?> support = Http.map(rows.get(0));
    assertEquals("support", support.get("agent"));
    assertEquals(2L, support.get("calls"));
    assertEquals(1L, support.get("failed"));
    assertEquals("java.lang.IllegalStateException", support.get("lastError"));
    assertEquals(new BigDecimal("0.00021"), support.get("costUsd"));
    assertEquals(List.of("gpt-4o-mini"), support.get("models"));
  }

  @Test
  void hasEveryKeyOfTheInterface() throws Exception {
    makeCalls();
    Map<?, ?> state = Http.json(base + "v1/state");
    assertEquals(
        Set.of(
            "time",
            "gild",
            "readOnly",
            "contentCaptured",
            "updateMillis",
            "jvms",
            "agents",
            "controls",
            "rollouts",
            "flags"),
        state.keySet());
    Map<?, ?> jvm = Http.map(((List<?>) state.get("jvms")).get(0));
    assertEquals(
        Set.of(
            "jvm",
            "name",
            "pid",
            "java",
            "started",
            "mode",
            "reachable",
            "clients",
            "recording",
            "lost",
            "file"),
        jvm.keySet());
    Map<?, ?> agent = Http.map(((List<?>) Http.map(state.get("agents")).get("rows")).get(0));
    assertEquals(
        Set.of(
            "key",
            "jvm",
            "agent",
            "methods",
            "versions",
            "callsPerSecond",
            "calls",
            "running",
            "succeeded",
            "failed",
            "refused",
            "cancelled",
            "successShare",
            "p50Micros",
            "p95Micros",
            "p99Micros",
            "costUsd",
            "costPerDayUsd",
            "priced",
            "savedUsd",
            "inputTokens",
            "outputTokens",
            "models",
            "breakers",
            "budget",
            "rollout",
            "flags",
            "lastError",
            "lastCall",
            "sparkline"),
        agent.keySet());
    assertEquals(30, ((List<?>) agent.get("sparkline")).size());
    Map<?, ?> call = Http.map(((List<?>) Http.json(base + "v1/calls").get("rows")).get(0));
    assertEquals(
        Set.of(
            "jvm",
            "id",
            "agent",
            "method",
            "version",
            "kind",
            "start",
            "durationMicros",
            "outcome",
            "error",
            "attempts",
            "httpAttempts",
            "model",
            "provider",
            "cache",
            "costUsd",
            "priced",
            "inputTokens",
            "outputTokens",
            "session",
            "trace",
            "span",
            "shadow",
            "words",
            "spans",
            "cursor"),
        call.keySet());
  }

  @Test
  void pagesThroughCallsInEachOrder() throws Exception {
    makeCalls();
    for (String order : List.of("time", "duration", "cost")) {
      Map<?, ?> first = Http.json(base + "v1/calls?limit=1&order=" + order);
      assertEquals(2L, first.get("matched"));
      Map<?, ?> second =
          Http.json(base + "v1/calls?limit=1&order=" + order + "&before=" + first.get("next"));
      assertTrue(second.get("next") == null, order);
      assertTrue(
          !first.get("rows").toString().equals(second.get("rows").toString()),
          () -> order + " shows one call twice");
    }
  }

  @Test
  void showsTheTreeOfACall() throws Exception {
    makeCalls();
    Map<?, ?> calls = Http.json(base + "v1/calls?outcome=success");
    List<?> rows = (List<?>) calls.get("rows");
    assertEquals(1, rows.size(), rows::toString);
    Map<?, ?> call = Http.map(rows.get(0));
    assertEquals(3L, call.get("spans"));
    assertEquals("conversation 1", call.get("session"));
    Map<?, ?> tree = Http.json(base + "v1/calls/" + call.get("jvm") + "/" + call.get("id"));
    Map<?, ?> spans = Http.map(tree.get("spans"));
    assertEquals(List.of(-1L, 0L, 0L), spans.get("parent"));
    assertEquals(List.of(0L, 2L, 1L), spans.get("kind"));
    assertEquals(List.of("support.answer", "lookUp", "gpt-4o-mini"), tree.get("strings"));
    Object id = ((List<?>) spans.get("id")).get(2);
    Map<?, ?> span =
        Http.json(base + "v1/calls/" + call.get("jvm") + "/" + call.get("id") + "/spans/" + id);
    Map<?, ?> cost = Http.map(span.get("cost"));
    assertEquals(new BigDecimal("0.00021"), cost.get("totalUsd"));
    assertTrue(cost.get("lines").toString().contains("1000"), cost::toString);
  }

  @Test
  void showsCostsByAgentAndModel() throws Exception {
    makeCalls();
    Map<?, ?> cost = Http.json(base + "v1/cost?rows=agent&columns=model");
    assertEquals(List.of("support"), cost.get("rows"));
    assertEquals(new BigDecimal("0.00021"), cost.get("totalUsd"));
  }
}

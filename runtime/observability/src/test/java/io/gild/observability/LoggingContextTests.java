package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.core.Body;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.spi.ContextCarrier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class LoggingContextTests {

  private final List<Map<String, String>> seen = new ArrayList<>();

  @AfterEach
  void clear() {
    MDC.clear();
  }

  @Test
  void putsTheIdsDuringACallAlone() throws Throwable {
    call("", "desk", "java/lang/String", arguments -> look("answer"));

    assertThat(seen.get(0))
        .containsEntry("gild.agent", "desk")
        .containsEntry("gild.method", "answer")
        .containsEntry("gild.version", "1.2")
        .containsKey("gild.call");
    assertThat(present()).isEmpty();
  }

  @Test
  void removesTheIdsOfACallThatFails() {
    try {
      call(
          "",
          "desk",
          "java/lang/String",
          arguments -> {
            look("");
            throw new IllegalStateException("down");
          });
    } catch (Throwable expected) {
      assertThat(expected).hasMessage("down");
    }
    assertThat(seen.get(0)).containsKey("gild.agent");
    assertThat(present()).isEmpty();
  }

  @Test
  void keepsWhatTheApplicationHasSet() throws Throwable {
    MDC.put("gild.agent", "own");
    MDC.put("user", "u1");
    call("", "desk", "java/lang/String", arguments -> look("answer"));

    assertThat(seen.get(0)).containsEntry("gild.agent", "own").containsEntry("user", "u1");
    assertThat(present()).isEqualTo(Map.of("gild.agent", "own", "user", "u1"));
  }

  @Test
  void keepsWhatTheApplicationSetsAndRemovesMeanwhile() throws Throwable {
    call(
        "",
        "desk",
        "java/lang/String",
        arguments -> {
          MDC.clear();
          MDC.put("gild.method", "changed");
          return "answer";
        });
    assertThat(present()).isEqualTo(Map.of("gild.method", "changed"));
  }

  @Test
  void namesTheInnerCallWhileItRuns() throws Throwable {
    try (GildRuntime runtime = runtime("")) {
      GovernedMethod inner = method(runtime, "inner", "", "java/lang/String");
      method(runtime, "outer", "1.2", "java/lang/String")
          .call(
              null,
              arguments -> {
                look("");
                inner.call(null, again -> look("answer"), "question");
                return look("answer");
              },
              "question");
    }
    assertThat(seen.get(1)).containsEntry("gild.agent", "inner").doesNotContainKey("gild.version");
    assertThat(seen.get(0)).containsEntry("gild.agent", "outer").containsKey("gild.version");
    assertThat(seen.get(2)).isEqualTo(seen.get(0));
    assertThat(present()).isEmpty();
  }

  @Test
  void leavesNothingOnTheThreadsOfAnAsynchronousCall() throws Throwable {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (GildRuntime runtime = runtime("")) {
      CompletableFuture<Object> pending = new CompletableFuture<>();
      Object answer =
          method(runtime, "desk", "", "java/util/concurrent/CompletableFuture")
              .call(
                  null,
                  arguments -> {
                    look("");
                    return pending;
                  },
                  "question");
      assertThat(present()).as("after the method has returned").isEmpty();

      Future<Map<String, String>> afterwards =
          pool.submit(() -> {
            pending.complete("answer");
            return present();
          });
      assertThat(((CompletableFuture<?>) answer).get()).isEqualTo("answer");
      assertThat(afterwards.get()).as("on the thread that completed it").isEmpty();
    } finally {
      pool.shutdownNow();
    }
    assertThat(seen.get(0)).containsEntry("gild.agent", "desk");
  }

  @Test
  void followsAnAttemptToAnotherThreadAndLeavesIt() throws Throwable {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (GildRuntime runtime = runtime("")) {
      method(runtime, "desk", "", "java/lang/String")
          .call(
              null,
              arguments -> {
                ContextCarrier.Captured captured = new LoggingContext.Carrier().capture();
                return pool.submit(
                        () -> {
                          Runnable removal = captured.install();
                          look("");
                          removal.run();
                          return look("answer");
                        })
                    .get();
              },
              "question");
    } finally {
      pool.shutdownNow();
    }
    assertThat(seen.get(0)).containsEntry("gild.agent", "desk");
    assertThat(seen.get(1)).isEmpty();
  }

  @Test
  void leavesTheMdcAloneIfItIsSwitchedOff() throws Throwable {
    for (String off : List.of("log-context-mdc: false", "log-context: false")) {
      call(off, "desk", "java/lang/String", arguments -> look("answer"));
    }
    assertThat(seen).containsExactly(Map.of(), Map.of());
  }

  @Test
  void answersAndLeavesNothingIfTheMdcIsBroken() throws Throwable {
    for (String operation : List.of("get", "put")) {
      for (String key : List.of("gild.agent", "gild.method", "gild.version", "gild.call")) {
        try (FaultyMdc mdc = FaultyMdc.install(operation, Set.of(key))) {
          assertThat(answer("java/lang/String", "answer")).isEqualTo("answer");
          assertThat(mdc.values()).as(operation + " " + key).isEmpty();
        }
      }
    }
  }

  @Test
  void removesTheOtherIdsIfOneCannotBeRemoved() throws Throwable {
    try (FaultyMdc mdc = FaultyMdc.install("remove", Set.of("gild.method"))) {
      assertThat(answer("java/lang/String", "answer")).isEqualTo("answer");
      assertThat(mdc.values()).containsOnlyKeys("gild.method");
    }
  }

  @Test
  void answersLaterIfTheMdcIsBroken() throws Throwable {
    try (FaultyMdc mdc = FaultyMdc.install("put", Set.of("gild.method"))) {
      Object answer =
          answer(
              "java/util/concurrent/CompletableFuture",
              CompletableFuture.completedFuture("answer"));
      assertThat(((CompletableFuture<?>) answer).get()).isEqualTo("answer");
      assertThat(mdc.values()).isEmpty();
    }
  }

  private static Object answer(String result, Object value) throws Throwable {
    try (GildRuntime runtime = runtime("")) {
      return method(runtime, "desk", "1.2", result).call(null, arguments -> value, "question");
    }
  }

  private @Nullable Object look(Object answer) {
    seen.add(present());
    return answer;
  }

  private static Map<String, String> present() {
    Map<String, String> all = MDC.getCopyOfContextMap();
    return all == null ? Map.of() : all;
  }

  private static void call(String setting, String agent, String result, Body body)
      throws Throwable {
    try (GildRuntime runtime = runtime(setting)) {
      method(runtime, agent, "1.2", result).call(null, body, "question");
    }
  }

  private static GildRuntime runtime(String setting) {
    return GildRuntime.builder()
        .settings(Settings.builder().yaml("test", "observability: {" + setting + "}").build())
        .discover(LoggingContextTests.class.getClassLoader())
        .build();
  }

  private static GovernedMethod method(
      GildRuntime runtime, String agent, String version, String result) {
    return runtime.method(
        new MethodSpec(
            CallKind.AGENT,
            agent,
            version,
            "com.acme.Desk",
            "answer",
            "(Ljava/lang/String;)L" + result + ";",
            List.of(),
            Effect.NONE,
            PolicyTree.empty()));
  }
}

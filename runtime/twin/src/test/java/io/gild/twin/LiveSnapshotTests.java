package io.gild.twin;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.BreakerOpen;
import io.gild.core.Counts;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.reliability.ReliabilityModule;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twins of an agent in this application. */
class LiveSnapshotTests {

  private static final MethodSpec SPEC =
      MethodSpec.of("desk", "Desk", "answer", "(Ljava/lang/String;)Ljava/lang/String;");

  @TempDir private Path folder;

  private GildRuntime runtime() {
    Settings settings =
        Settings.builder()
            .yaml(
                "gild.yaml",
                """
                data: %s
                prices: {m: {input: 1000, output: 1000}}
                agents:
                  - match: Desk#answer
                    circuit-breaker:
                      minimum-number-of-calls: 2
                      sliding-window-size: 2
                      wait-duration-in-open-state: 1h
                """
                    .formatted(folder))
            .build();
    return GildRuntime.builder().settings(settings).module(new ReliabilityModule()).build();
  }

  private static void fail(GovernedMethod method) {
    try {
      method.call(
          null,
          arguments -> {
            Objects.requireNonNull(AgentCall.current()).recordUsage("m", Usage.of(600, 400));
            throw new IllegalStateException("down");
          },
          "q");
    } catch (IllegalStateException expected) {
      assertThat(expected).hasMessage("down");
    } catch (BreakerOpen refused) {
      assertThat(refused).hasMessageContaining("desk");
    }
  }

  private Twin twinOfAFailingAgent() {
    try (GildRuntime runtime = runtime()) {
      GovernedMethod method = runtime.method(SPEC);
      for (int i = 0; i < 3; i++) {
        fail(method);
      }
      return TwinFile.open(Twin.snapshot(runtime, "desk", folder.resolve("t")).path()).twin();
    }
  }

  @Test
  void hasBreakersFiguresAndModels() {
    Twin twin = twinOfAFailingAgent();

    assertThat(twin.breakers()).containsExactly(Map.entry("desk.answer", "open"));
    TwinFigures figures = Objects.requireNonNull(twin.figures());
    assertThat(figures.calls()).isEqualTo(3);
    assertThat(figures.failed()).isEqualTo(2);
    assertThat(figures.refused()).isEqualTo(1);
    assertThat(figures.inputTokens()).isEqualTo(1_200);
    assertThat(figures.costUsd()).isEqualByComparingTo("2");
    assertThat(figures.medianMillis()).isNull();
    assertThat(twin.models()).contains(new TwinModel("m", "", 2));
    assertThat(twin.absent()).containsOnlyKeys("prompts", "latencies");
  }

  @Test
  void resumesBreakersInAnotherRuntime() {
    Twin twin = twinOfAFailingAgent();
    try (GildRuntime runtime = runtime()) {
      GovernedMethod method = runtime.method(SPEC);
      assertThat(method.states()).containsEntry("desk.answer", "closed");

      twin.resumeBreakers(runtime);

      assertThat(method.states()).containsEntry("desk.answer", "open");
      fail(method);
      assertThat(method.counts().get(Counts.Event.REFUSED)).isEqualTo(1);
    }
  }

  @Test
  void readsFiguresFromALogOfCalls() throws Exception {
    Path log =
        Files.writeString(
            folder.resolve("calls.jsonl"),
            """
            {"event":"invoke_agent","agent":"desk","outcome":"success","millis":100.0,"inputTokens":10,"outputTokens":5,"costUsd":0.5}
            {"event":"chat","agent":"desk","outcome":"success","millis":90.0,"inputTokens":10,"outputTokens":5,"costUsd":0.5}
            {"event":"invoke_agent","agent":"other","outcome":"success","millis":9000.0}
            {"event":"invoke_agent","agent":"desk","outcome":"failure","millis":300.0}
            {"event":"invoke_agent","agent":"desk","outcome":"refused","millis":0.5}
            """);

    TwinFigures figures =
        TwinSnapshot.builder("desk", Settings.defaults()).callLog(log).build().twin().figures();

    assertThat(figures)
        .isEqualTo(
            new TwinFigures(
                "calls.jsonl", 3, 1, 1, 10, 5, new BigDecimal("0.5"), 0, 100.0, 300.0, 0));
  }

  @Test
  void countsALineOfASampledLogForAllCallsThatItStandsFor() throws Exception {
    Path log =
        Files.writeString(
            folder.resolve("calls.jsonl"),
            """
            {"event":"invoke_agent","agent":"desk","outcome":"success","millis":100.0,"inputTokens":10,"outputTokens":5,"costUsd":0.5,"sampled":0.1}
            {"event":"invoke_agent","agent":"desk","outcome":"success","millis":200.0,"inputTokens":20,"outputTokens":5,"costUsd":0.3,"unpriced":true,"sampled":0.3}
            {"event":"invoke_agent","agent":"desk","outcome":"failure","millis":900.0,"costUsd":0.1}
            {"event":"invoke_agent","agent":"desk","outcome":"refused","millis":0.5}
            {"event":"invoke_agent","agent":"desk","outcome":"success","millis":900.0,"sampled":0}
            {"event":"invoke_agent","agent":"desk","outcome":"success","millis":900.0,"sampled":"all"}
            {"event":"retry","agent":"desk","sampled":0.1}
            """);

    TwinFigures figures =
        TwinSnapshot.builder("desk", Settings.defaults()).callLog(log).build().twin().figures();

    assertThat(figures)
        .usingRecursiveComparison()
        .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
        .isEqualTo(
            new TwinFigures(
                "calls.jsonl", 17, 1, 1, 167, 67, new BigDecimal("6.1"), 3, 100.0, 900.0, 11));
  }

  @Test
  void keepsInItsFileThatFiguresAreEstimates() throws Exception {
    Path log =
        Files.writeString(
            folder.resolve("calls.jsonl"),
            """
            {"event":"invoke_agent","agent":"desk","outcome":"success","sampled":0.25}
            """);
    Path file = folder.resolve("desk.twin");
    TwinFile.write(file, TwinSnapshot.builder("desk", Settings.defaults()).callLog(log).build());

    assertThat(Objects.requireNonNull(TwinFile.open(file).twin().figures()).sampledOut())
        .isEqualTo(3);
  }
}

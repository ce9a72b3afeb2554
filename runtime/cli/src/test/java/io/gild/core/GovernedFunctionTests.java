package io.gild.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Settings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class GovernedFunctionTests {

  private static GildRuntime runtime;

  @BeforeAll
  static void makeTheRuntime() {
    runtime =
        GildRuntime.builder()
            .discover(GovernedFunctionTests.class.getClassLoader())
            .settings(
                Settings.builder()
                    .yaml(
                        "gild.yaml",
                        """
                        tiers: {only: {model: tiny, max-complexity: 1}}
                        agents:
                          - agent: settled
                            retry: {max-attempts: 5}
                        """)
                    .build())
            .build();
    GildRuntime.setGlobal(runtime);
  }

  @AfterAll
  static void close() {
    runtime.close();
  }

  private static GovernedFunction.Builder named(String agent) {
    return GovernedFunction.named(agent, GovernedFunctionTests.class);
  }

  @Test
  void retriesAndCaches() {
    AtomicInteger runs = new AtomicInteger();
    UnaryOperator<String> desk =
        named("desk")
            .policy("retry", Map.of("max-attempts", 3, "wait-duration", "0s"))
            .policy("cache", Map.of("ttl", "1h"))
            .text(question -> {
              if (runs.incrementAndGet() < 3) {
                throw new IllegalStateException("busy");
              }
              return "answer to " + question;
            });

    assertThat(desk.apply("q")).isEqualTo("answer to q");
    assertThat(desk.apply("q")).isEqualTo("answer to q");
    assertThat(runs).hasValue(3);
  }

  /** The same lambda may have captured something else. */
  @Test
  void repeatsNoAnswerOfAnotherFunction() {
    UnaryOperator<String> one = prefixed("1 ");
    UnaryOperator<String> other = prefixed("2 ");

    assertThat(one.apply("q")).isEqualTo("1 q");
    assertThat(other.apply("q")).isEqualTo("2 q");
    assertThat(one.apply("q")).isEqualTo("1 q");
  }

  private static UnaryOperator<String> prefixed(String prefix) {
    return named("prefixed").policy("cache", Map.of()).text(question -> prefix + question);
  }

  @Test
  void appliesTheSettingsOfTheAgent() {
    AtomicInteger runs = new AtomicInteger();
    UnaryOperator<String> desk =
        named("settled")
            .policy("retry", Map.of("max-attempts", 1, "wait-duration", "0s"))
            .text(question -> {
              if (runs.incrementAndGet() < 5) {
                throw new IllegalStateException("busy");
              }
              return question;
            });

    assertThat(desk.apply("q")).isEqualTo("q");
    assertThat(runs).hasValue(5);
  }

  @Test
  void asksTheModelOfTheRoute() {
    assertThat(
            named("routed")
                .policy("route", Map.of("tiers", List.of("only")))
                .routedText((question, model) -> model + ": " + question)
                .apply("q"))
        .isEqualTo("tiny: q");
  }

  @Test
  void judgesAFutureWhenItCompletes() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    GovernedFunction<Integer, CompletionStage<String>> desk =
        named("future")
            .policy("retry", Map.of("max-attempts", 2, "wait-duration", "0s"))
            .function(
                Integer.class,
                CompletionStage.class,
                number ->
                    runs.incrementAndGet() < 2
                        ? CompletableFuture.failedFuture(new IllegalStateException("busy"))
                        : CompletableFuture.completedFuture("n" + number));

    assertThat(desk.apply(7).toCompletableFuture().get()).isEqualTo("n7");
    assertThat(runs).hasValue(2);
  }

  @Test
  void runsASideEffectOnceAlthoughTheCallAroundItIsRepeated() {
    AtomicInteger payments = new AtomicInteger();
    AtomicInteger runs = new AtomicInteger();
    UnaryOperator<String> pay =
        named("pay").sideEffect().text(question -> "paid " + payments.incrementAndGet());
    UnaryOperator<String> desk =
        named("around")
            .policy("retry", Map.of("max-attempts", 2, "wait-duration", "0s"))
            .text(question -> {
              String paid = pay.apply(question);
              if (runs.incrementAndGet() < 2) {
                throw new IllegalStateException("lost");
              }
              return paid;
            });

    assertThat(desk.apply("q")).isEqualTo("paid 1");
    assertThatThrownBy(
            () -> named("pay").sideEffect().policy("retry", Map.of()).text(question -> question))
        .hasMessage("pay is a side effect, so it must not have the policy retry");
  }

  @Test
  void refusesWhenABudgetIsSpent() {
    UnaryOperator<String> full =
        named("limited")
            .policy(
                "rate-limit",
                Map.of(
                    "limit-for-period", 1, "limit-refresh-period", "1h", "timeout-duration", "0s"))
            .text(question -> question);

    assertThat(full.apply("q")).isEqualTo("q");
    assertThatExceptionOfType(RateLimited.class).isThrownBy(() -> full.apply("q"));
  }

  @Test
  void needsAName() {
    assertThatThrownBy(() -> named(" ")).hasMessageContaining("agent must have a name");
  }
}

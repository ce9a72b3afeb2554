package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.library.Desk;
import com.acme.library.OpenAiDesk;
import io.gild.testkit.Faults;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OpenAiLibraryTests extends LibraryContract {

  @Override
  Class<? extends Desk> desk() {
    return OpenAiDesk.class;
  }

  @Override
  List<List<String>> versions() {
    return List.of(
        List.of("com.openai:openai-java:4.0.0"), List.of("com.openai:openai-java:4.101.0"));
  }

  @Override
  boolean takesInstructions() {
    return true;
  }

  @Override
  Set<Way> ways() {
    return EnumSet.allOf(Way.class);
  }

  /** The asynchronous client waits on a timer's thread before it retries. */
  @ParameterizedTest
  @MethodSource("rows")
  void chargesTheRetriesOfAnAsynchronousClientToItsCall(Row row) throws Exception {
    String metered = OBSERVED + "observability: {prometheus-port: 0}\n";
    try (Child child = startAlone(row, 2, Faults.rate(1), metered)) {
      assertThat(child.ask("async one")).startsWith("threw");
      child.end();
      assertThat(provider.requests()).hasSize(3);
      report().assertEquals(provider.requests());
      assertThat(report().meter("gild_http_attempts_total", "agent"))
          .containsExactly(Map.entry("desk", 3.0));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void limitsTheRetriesOfAnAsynchronousClient(Row row) throws Exception {
    String bounded = OBSERVED.replace("observe", "enforce") + "limits: {max-failed-requests: 2}\n";
    try (Turn turn = start(row, 5, Faults.rate(1), bounded)) {
      assertThat(turn.ask("async one")).startsWith("threw");
      turn.end();
      assertThat(provider.requests()).hasSize(2);
    }
  }

  /** Each kind of request spends a budget of its own, which nothing in the application names. */
  @ParameterizedTest
  @MethodSource("rows")
  void refusesRequestsWhenTheBudgetOfTheirAgentIsSpent(Row row) throws Exception {
    for (String kind : List.of("chat", "async")) {
      String spent =
          OBSERVED.replace("observe", "enforce")
              + "prices: {own-model: {input: 100, output: 100}}\n"
              + "budget-accounts: {store: in-process}\n"
              + "budgets: {of-%s: {limit: 0.000001, period: day, where: {agent: desk}}}\n"
                  .formatted(kind);
      try (Turn turn = start(row, 0, Faults.none(), spent)) {
        assertThat(turn.ask(kind + " one")).doesNotStartWith("threw");
        assertThat(turn.ask("chat two")).startsWith("threw").contains("budget of-" + kind);
        turn.end();
        assertThat(provider.requests()).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void endsAStreamThatCostsMoreThanIsLeft(Row row) throws Exception {
    String little =
        OBSERVED.replace("observe", "enforce")
            + "prices: {own-model: {input: 100, output: 100}}\n"
            + "budget-accounts: {store: in-process}\n"
            + "budgets: {little: {limit: 0.000001, period: day, where: {agent: desk}}}\n";
    try (Turn turn = start(row, 0, Faults.none(), little)) {
      assertThat(turn.ask("stream" + " one".repeat(80)))
          .startsWith("threw")
          .contains("budget little");
      turn.end();
      assertThat(provider.requests()).hasSize(1);
    }
  }

  /** A budget by model is charged for the requests themselves. */
  @ParameterizedTest
  @MethodSource("rows")
  void refusesRequestsToAModelWhoseBudgetIsSpent(Row row) throws Exception {
    String spent =
        OBSERVED.replace("observe", "enforce")
            + "prices: {own-model: {input: 100, output: 100}}\n"
            + "budget-accounts: {store: in-process}\n"
            + "budgets: {models: {limit: 0.000001, period: day, per: model, where: {model: \"*\"}}}\n";
    try (Turn turn = start(row, 0, Faults.none(), spent)) {
      assertThat(turn.ask("chat one")).doesNotStartWith("threw");
      assertThat(turn.ask("chat two")).startsWith("threw").contains("budget models");
      turn.end();
      assertThat(provider.requests()).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void limitsEachRequestOnceInsideOfAnAgent(Row row) throws Exception {
    String limited =
        OBSERVED.replace("observe", "enforce")
            + "token-limits: {all: {requests-per-minute: 3, max-wait: 0s}}\n";
    try (Turn turn = start(row, 0, Faults.none(), limited)) {
      assertThat(turn.ask("chat one")).doesNotStartWith("threw");
      assertThat(turn.ask("async two")).doesNotStartWith("threw");
      assertThat(turn.ask("stream three")).doesNotStartWith("threw");
      for (String kind : List.of("chat", "async", "stream")) {
        assertThat(turn.ask(kind + " four")).startsWith("threw").contains("limit all");
      }
      turn.end();
      assertThat(provider.requests()).hasSize(3);
    }
  }
}

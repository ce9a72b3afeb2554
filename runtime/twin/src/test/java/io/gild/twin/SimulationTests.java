package io.gild.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gild.config.Json;
import io.gild.config.Settings;
import io.gild.recording.Cassette;
import io.gild.twin.SimulatedCall.Outcome;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All figures are computed by hand. */
class SimulationTests {

  /** One dollar for 1,000 tokens in or out; the other model is half the price. */
  private static final String PRICES =
      """
      prices:
        dear: {input: 1000, output: 1000}
        cheap: {input: 500, output: 500}
      """;

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final StringBuilder lines =
      new StringBuilder(
          "{\"gild-cassette\":1,\"session\":\"s\",\"recorded-at\":\"2026-01-01T00:00:00Z\"}\n");
  private int calls;

  /** Records a call of 1,000 tokens, which costs one dollar. */
  private SimulationTests asked(String question, int second, int millis) {
    return call(question, second, millis, "\"answer\":\"to " + question + "\"", "dear");
  }

  private SimulationTests call(
      String question, int second, int millis, String ending, String model) {
    int number = ++calls;
    lines.append(
        """
        {"seq":%1$d,"session":"s","call":%1$d,"agent":"desk","kind":"model","api":"a","begin":%2$d,"end":%3$d,"request":{"model":"%4$s"},"response":{"text":"t","model":"%4$s"},"input-tokens":600,"output-tokens":400,"millis":%5$d}
        {"session":"s","call":%1$d,"kind":"agent","agent":"desk","method":"Desk#answer","arguments":["%6$s"],%7$s,"at":"%8$s","millis":%5$d}
        """
            .formatted(
                number,
                2 * number,
                2 * number + 1,
                model,
                millis,
                question,
                ending,
                START.plusSeconds(second)));
    return this;
  }

  private Cassette cassette() {
    return Cassette.read("c.jsonl", lines.toString());
  }

  private static Settings settings(String yaml) {
    return Settings.builder().yaml("gild.yaml", PRICES + yaml).build();
  }

  private Twin twin(String yaml) {
    return TwinSnapshot.builder("desk", settings(yaml)).cassette(cassette(), false).build().twin();
  }

  private SimulationReport simulate(String before, String after) {
    return Simulation.builder(twin(before), cassette()).settings(settings(after)).build().run();
  }

  private static String rule(String policies) {
    return "agents: [{match: 'Desk#answer', " + policies + "}]\n";
  }

  @Test
  void halvesTheCostWithACache() {
    asked("one", 0, 2_000).asked("two", 10, 1_000).asked("one", 20, 2_000).asked("two", 30, 1_000);

    SimulationReport report = simulate("", rule("cache: {ttl: 1h}"));

    assertThat(report.before().costUsd()).isEqualByComparingTo("4");
    assertThat(report.after().costUsd()).isEqualByComparingTo("2");
    assertThat(report.after().count(Outcome.CACHED)).isEqualTo(2);
    assertThat(report.changes()).isEmpty();
    assertThat(report.before().medianMillis()).isEqualTo(1_000);
    assertThat(report.after().medianMillis()).isZero();
    assertThat(report.after().p95Millis()).isEqualTo(2_000);
    assertThat(report.after().counts()).containsEntry("cache-hit", 2L);
  }

  @Test
  void letsAnswersExpireOnTheRecordedTimes() {
    asked("one", 0, 1_000).asked("one", 59, 1_000).asked("one", 62, 1_000);

    SimulationReport report = simulate("", rule("cache: {ttl: 60s}"));

    assertThat(report.after().calls())
        .extracting(SimulatedCall::outcome)
        .containsExactly(Outcome.ANSWERED, Outcome.CACHED, Outcome.ANSWERED);
  }

  @Test
  void refusesWhatABudgetDoesNotCover() {
    asked("one", 0, 100).asked("two", 1, 100).asked("three", 2, 100).asked("four", 86_400, 100);

    SimulationReport report =
        simulate("", rule("cost: {budget: small}") + "budgets: {small: {limit: 2, period: 1d}}\n");

    assertThat(report.after().calls())
        .extracting(SimulatedCall::outcome)
        .containsExactly(Outcome.ANSWERED, Outcome.ANSWERED, Outcome.REFUSED, Outcome.ANSWERED);
    assertThat(report.after().costUsd()).isEqualByComparingTo("3");
    assertThat(report.changes()).extracting(change -> change.after().number()).containsExactly(3);
    assertThat(report.after().counts()).containsEntry("budget-refused", 1L);
  }

  @Test
  void pricesAnotherModel() {
    asked("one", 0, 100).asked("two", 1, 100);

    SimulationReport report = Simulation.builder(twin(""), cassette()).model("cheap").build().run();

    assertThat(report.before().costUsd()).isEqualByComparingTo("2");
    assertThat(report.after().costUsd()).isEqualByComparingTo("1");
    assertThat(report.after().costs()).containsOnlyKeys("cheap");
    assertThat(report.changes()).isEmpty();
  }

  @Test
  void namesAModelWithoutAPrice() {
    asked("one", 0, 100);

    SimulationReport report =
        Simulation.builder(twin(""), cassette()).model("unheard-of").build().run();

    assertThat(report.after().costUsd()).isEqualByComparingTo(BigDecimal.ZERO);
    assertThat(report.after().unpriced()).containsExactly("unheard-of");
    assertThat(report.text())
        .contains("No price is known for model unheard-of; set prices.unheard-of.");
  }

  @Test
  void routesByTheOtherSettings() {
    asked("one", 0, 100);

    SimulationReport report =
        simulate(
            "",
            rule("route: {strategy: fixed, tiers: [small]}")
                + "tiers: {small: {model: cheap, max-complexity: 1}}\n");

    assertThat(report.after().costUsd()).isEqualByComparingTo("0.5");
  }

  @Test
  void endsAttemptsAtTheTimeLimit() {
    asked("one", 0, 5_000).asked("two", 10, 1_000);

    SimulationReport report = simulate("", rule("time-limit: {timeout-duration: 2s}"));

    assertThat(report.after().calls())
        .extracting(SimulatedCall::outcome)
        .containsExactly(Outcome.FAILED, Outcome.ANSWERED);
    assertThat(report.after().calls().get(0).millis()).isEqualTo(2_000);
    assertThat(report.after().counts()).containsEntry("timed-out", 1L);
  }

  @Test
  void limitsTheRateOnTheVirtualClock() {
    asked("one", 0, 100).asked("two", 1, 100).asked("three", 2, 100).asked("four", 60, 100);
    String limit = "rate-limit: {limit-for-period: 2, limit-refresh-period: 60s, ";

    SimulationReport refused = simulate("", rule(limit + "timeout-duration: 0s}"));
    SimulationReport waited = simulate("", rule(limit + "timeout-duration: 2m}"));

    assertThat(refused.after().calls())
        .extracting(SimulatedCall::outcome)
        .containsExactly(Outcome.ANSWERED, Outcome.ANSWERED, Outcome.REFUSED, Outcome.ANSWERED);
    assertThat(refused.after().counts()).containsEntry("rate-refused", 1L);
    // The third call waits from second 2 to second 60, and takes 0.1 seconds.
    assertThat(waited.after().calls().get(2).millis()).isEqualTo(58_100);
    assertThat(waited.after().count(Outcome.ANSWERED)).isEqualTo(4);
  }

  @Test
  void opensTheBreakerAndFallsBack() {
    for (int i = 0; i < 4; i++) {
      call("q" + i, i, 100, "\"failure\":\"java.io.IOException: down\"", "dear");
    }
    asked("last", 4, 100);

    SimulationReport report =
        simulate(
            "",
            rule(
                "fallback: {answer: later}, circuit-breaker: {minimum-number-of-calls: 2, sliding-window-size: 2, failure-rate-threshold: 50, wait-duration-in-open-state: 1h}"));

    assertThat(report.before().count(Outcome.FAILED)).isEqualTo(4);
    assertThat(report.before().calls().get(0).answer()).isEqualTo("java.io.IOException: down");
    assertThat(report.after().count(Outcome.FALLBACK)).isEqualTo(5);
    assertThat(report.after().counts())
        .containsEntry("breaker-opened", 1L)
        .containsEntry("breaker-refused", 3L);
    assertThat(report.changes()).hasSize(5);
  }

  @Test
  void givesTheSameReportTwice() {
    asked("one", 0, 100).call("two", 1, 100, "\"failure\":\"x.Y: z\"", "dear").asked("one", 2, 5);
    String policies = rule("retry: {max-attempts: 3}, cache: {ttl: 1h}");

    String first = Json.write(simulate("", policies).json());

    assertThat(Json.write(simulate("", policies).json())).isEqualTo(first);
    assertThat(first).contains("\"retry\":2");
  }

  @Test
  void neverCachesWhatTheRecordingDoesNotHold() {
    asked("one", 0, 100).asked("one", 1, 100);
    String text =
        lines.toString().replace("\"arguments\":[\"one\"]", "\"arguments\":[{\"class\":\"a.B\"}]");
    Cassette cassette = Cassette.read("c", text);

    SimulationReport report =
        Simulation.builder(twin(""), cassette)
            .settings(settings(rule("cache: {ttl: 1h}")))
            .build()
            .run();

    assertThat(report.after().count(Outcome.CACHED)).isZero();
    assertThat(report.notes()).anyMatch(note -> note.startsWith("2 calls have arguments that"));
  }

  @Test
  void takesTokensOfAnEqualCallForOneThatWasCached() {
    asked("one", 0, 300);
    lines.append(
        "{\"session\":\"s\",\"call\":9,\"kind\":\"agent\",\"agent\":\"desk\",\"method\":\"Desk#answer\",\"arguments\":[\"one\"],\"answer\":\"to one\",\"at\":\"2026-01-01T00:00:09Z\",\"millis\":0}\n");

    SimulationReport report = simulate(rule("cache: {ttl: 1h}"), "");

    assertThat(report.before().costUsd()).isEqualByComparingTo("1");
    assertThat(report.after().costUsd()).isEqualByComparingTo("2");
    assertThat(report.after().calls().get(1).millis()).isEqualTo(300);
    assertThat(report.notes()).anyMatch(note -> note.startsWith("1 calls asked no model"));
  }

  @Test
  void namesTheAgentsOfTheRecordingIfItHasNoneOfTheTwin() {
    asked("one", 0, 100);
    Twin other = TwinSnapshot.builder("sales", settings("")).build().twin();

    assertThatThrownBy(() -> Simulation.builder(other, cassette()).build().run())
        .isInstanceOf(TwinException.class)
        .hasMessageContaining("no call of agent sales; it has those of desk");
  }

  @Test
  void keepsHashesOfPromptsAndNotThePrompts() {
    lines.append(
        "{\"seq\":1,\"session\":\"s\",\"call\":1,\"agent\":\"desk\",\"kind\":\"model\",\"api\":\"a\",\"begin\":1,\"end\":2,\"request\":{\"model\":\"m\",\"messages\":[{\"role\":\"system\",\"content\":\"Be kind.\"},{\"role\":\"user\",\"content\":\"Hi\"}]},\"response\":{\"text\":\"t\"}}\n");
    call("one", 0, 1, "\"answer\":\"a\"", "dear");

    Twin without = twin("");
    Twin with =
        TwinSnapshot.builder("desk", settings("")).cassette(cassette(), true).build().twin();

    // printf 'Be kind.' | sha256sum
    assertThat(without.prompts()).containsExactly(new TwinPrompt(SHA_256, 1, null));
    assertThat(with.prompts()).extracting(TwinPrompt::text).isEqualTo(List.of("Be kind."));
  }

  private static final String SHA_256 =
      "5499befb38dbf3fcc08107141cb2a9e7f42a6aae403361dc3601b8296d7967ea";
}

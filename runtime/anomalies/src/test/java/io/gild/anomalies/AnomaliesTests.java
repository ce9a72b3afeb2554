package io.gild.anomalies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.config.SettingsException;
import io.gild.core.Body;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.testkit.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Watching the calls of a runtime. */
class AnomaliesTests {

  private final ManualClock clock = ManualClock.create();
  private GildRuntime runtime;

  @AfterEach
  void close() {
    if (runtime != null) {
      runtime.close();
    }
  }

  private void start(String yaml) {
    runtime =
        GildRuntime.builder()
            .settings(Settings.builder().yaml("gild.yaml", yaml).build())
            .clock(clock)
            .module(new AnomaliesModule())
            .build();
  }

  private GovernedMethod method(CallKind kind, String agent, String name, String version) {
    return runtime.method(
        new MethodSpec(
            kind,
            agent,
            version,
            "com.acme.V" + version.replace(".", "_"),
            name,
            "(Ljava/lang/Object;)Ljava/lang/Object;",
            List.of(),
            Effect.NONE,
            PolicyTree.empty()));
  }

  private void calls(GovernedMethod method, int count, Duration time) {
    for (int i = 0; i < count; i++) {
      clock.advance(Duration.ofSeconds(1));
      method.call(
          null,
          arguments -> {
            clock.advance(time);
            return "answer";
          },
          "question");
    }
    tick();
  }

  private void failures(GovernedMethod method, int count) {
    for (int i = 0; i < count; i++) {
      clock.advance(Duration.ofSeconds(1));
      try {
        method.call(null, (Body) arguments -> fail(), "question");
      } catch (IllegalStateException expected) {
        continue; // it is what is watched
      }
    }
    tick();
  }

  private static Object fail() {
    throw new IllegalStateException("out of order");
  }

  private void tick() {
    Anomalies.of(runtime).judge();
  }

  private List<AnomalyFlag> flags() {
    return Anomalies.of(runtime).flags();
  }

  @Test
  void reportsAnAgentThatBecomesSlow() throws Exception {
    List<AnomalyRaised> raised = new ArrayList<>();
    start("{}");
    try (AutoCloseable subscription =
        runtime.events().subscribe(AnomalyRaised.class, raised::add)) {
      GovernedMethod agent = method(CallKind.AGENT, "support", "answer", "1.0");
      calls(agent, 300, Duration.ofMillis(800));
      assertThat(flags()).isEmpty();
      calls(agent, 30, Duration.ofMillis(2_000));
      assertThat(subscription).isNotNull();
    }

    assertThat(flags())
        .singleElement()
        .satisfies(flag -> {
          assertThat(flag.agent()).isEqualTo("support");
          assertThat(flag.method()).isEqualTo("answer");
          assertThat(flag.version()).isEqualTo("1.0");
          assertThat(flag.signal()).isEqualTo(Signal.LATENCY);
          assertThat(flag.usual()).isEqualTo(0.8, within(0.01));
          assertThat(flag.found()).isEqualTo(2, within(0.01));
        });
    assertThat(raised).extracting(event -> event.method().methodName()).containsExactly("answer");
  }

  @Test
  void ignoresLatenciesThatOnlyTheMachineChanges() {
    start("{}");
    GovernedMethod agent = method(CallKind.AGENT, "support", "answer", "1.0");
    calls(agent, 300, Duration.ofNanos(10_000));
    calls(agent, 300, Duration.ofMillis(9));
    assertThat(flags()).isEmpty();
    calls(agent, 300, Duration.ofMillis(800));
    assertThat(flags()).extracting(AnomalyFlag::signal).containsExactly(Signal.LATENCY);
  }

  @Test
  void learnsANewVersionAnew() {
    start("{}");
    calls(method(CallKind.AGENT, "support", "answer", "1.0"), 300, Duration.ofMillis(800));
    calls(method(CallKind.AGENT, "support", "answer", "2.0"), 300, Duration.ofMillis(2_000));

    assertThat(flags()).isEmpty();
  }

  @Test
  void blamesTheAgentForTheErrorsOfItsTools() {
    start("{}");
    GovernedMethod agent = method(CallKind.AGENT, "support", "answer", "");
    GovernedMethod tool = method(CallKind.TOOL, "support", "lookUp", "");
    boolean[] broken = {false};
    Body answer =
        arguments -> {
          try {
            return tool.call(null, (Body) same -> broken[0] ? fail() : "found", "key");
          } catch (IllegalStateException failed) {
            return "not found";
          }
        };
    for (int i = 0; i < 400; i++) {
      broken[0] = i >= 370;
      clock.advance(Duration.ofSeconds(1));
      agent.call(null, answer, "question");
    }
    tick();

    assertThat(flags())
        .extracting(AnomalyFlag::agent, AnomalyFlag::method, AnomalyFlag::signal)
        .containsExactly(tuple("support", "answer", Signal.TOOL_ERRORS));
  }

  @Test
  void reportsFailuresInEveryMode() {
    for (String mode : List.of("observe", "enforce")) {
      start("mode: " + mode);
      GovernedMethod agent = method(CallKind.AGENT, "support", "answer", "");
      calls(agent, 200, Duration.ofMillis(100));
      failures(agent, 20);

      assertThat(flags()).as(mode).extracting(AnomalyFlag::signal).containsExactly(Signal.FAILURES);
      runtime.close();
    }
  }

  @Test
  void watchesNothingIfItIsOff() {
    start("defaults: {anomalies: off}");
    GovernedMethod agent = method(CallKind.AGENT, "support", "answer", "");
    calls(agent, 200, Duration.ofMillis(100));
    failures(agent, 50);

    assertThat(Anomalies.of(runtime).watches()).isEmpty();
    assertThat(flags()).isEmpty();
  }

  @Test
  void keepsNoMoreThanABoundedNumberOfMethods() {
    start("{}");
    for (int i = 0; i < 2_100; i++) {
      method(CallKind.AGENT, "agent" + i, "answer", "").call(null, arguments -> "", "question");
    }

    assertThat(Anomalies.of(runtime).watches()).hasSize(2_000);
  }

  @Test
  void rejectsValuesOutOfRange() {
    assertThatThrownBy(() -> start("defaults: {anomalies: {false-flags-per-week: 0}}"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("false-flags-per-week must be above 0");
    assertThatThrownBy(() -> start("defaults: {anomalies: {warm-up: 5}}"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("warm-up");
  }
}

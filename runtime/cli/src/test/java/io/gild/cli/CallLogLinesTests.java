package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import io.gild.config.Json;
import io.gild.config.PolicyTree;
import io.gild.config.Settings;
import io.gild.core.Body;
import io.gild.core.CallKind;
import io.gild.core.Effect;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.core.MethodSpec.Parameter;
import io.gild.core.MethodSpec.Role;
import io.gild.observability.CallLogSettings;
import io.gild.testkit.ManualClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of the call log that policies of all modules cause, checked with the published schema. */
class CallLogLinesTests {

  private static final String POLICIES =
      """
      tiers:
        local: {model: ""}
        small: {model: tiny, max-complexity: 0.2}
        medium: {model: middle, max-complexity: 0.5}
        large: {model: huge}
      budgets:
        small-change: {limit: 0.000000001, period: 1d}
      agents:
      - match: com.acme.Desk#retried
        retry: {max-attempts: 2, wait-duration: 50ms, randomized-wait-factor: 0}
        fallback: {answer: sorry}
      - match: com.acme.Desk#broken
        circuit-breaker: {sliding-window-size: 2, minimum-number-of-calls: 2,
          wait-duration-in-open-state: 10s, permitted-number-of-calls-in-half-open-state: 1}
      - match: com.acme.Desk#routed
        route: {}
      - match: com.acme.Desk#cached
        cache: {}
      - match: com.acme.Desk#limited
        rate-limit: {limit-for-period: 1, limit-refresh-period: 1h, timeout-duration: 0s}
      - match: com.acme.Desk#crowded
        bulkhead: {max-concurrent-calls: 1}
      - match: com.acme.Desk#poor
        cost: {budget: small-change, model: gpt-4o-mini}
      - match: com.acme.Desk#slow
        time-limit: {timeout-duration: 10ms}
      """;

  @TempDir Path folder;

  private final ManualClock clock = ManualClock.create();

  @Test
  void hasALineForEachDecision() throws Exception {
    List<Map<String, Object>> lines =
        linesOf("[calls, decisions, choices]", 1, CallLogLinesTests::makeAll);

    assertThat(lines)
        .extracting(line -> line.get("event"))
        .contains(
            "invoke_agent",
            "retry",
            "fell_back",
            "breaker_opened",
            "breaker_refused",
            "breaker_half_opened",
            "breaker_closed",
            "routed",
            "failed_over",
            "cache_hit",
            "rate_refused",
            "bulkhead_refused",
            "budget_refused",
            "timed_out");
    assertThat(line(lines, "retry"))
        .containsEntry("method", "retried")
        .containsEntry("attempt", 1L)
        .containsEntry("waitMillis", 50L)
        .containsEntry("error", "java.io.IOException")
        .containsKey("call");
    assertThat(line(lines, "failed_over"))
        .containsEntry("from", "tiny")
        .containsEntry("to", "middle");
    assertThat(line(lines, "breaker_opened").get("call")).as("the call that opened it").isNotNull();
    assertThat(lines).noneMatch(line -> line.toString().contains("secret"));
  }

  @Test
  void leavesOutWhatIsNotAskedFor() throws Exception {
    assertThat(linesOf("[decisions]", 1, CallLogLinesTests::makeAll))
        .extracting(line -> line.get("event"))
        .contains("retry")
        .doesNotContain("invoke_agent", "routed", "cache_hit");
    assertThat(linesOf("[calls]", 1, CallLogLinesTests::makeAll))
        .extracting(line -> line.get("event"))
        .containsOnly("invoke_agent");
  }

  @Test
  void keepsFailuresAndTheirDecisionsOfCallsThatAreNotSampled() throws Exception {
    List<Map<String, Object>> lines =
        linesOf(
            "[calls, decisions]",
            1e-9,
            desk -> {
              desk.call("well", arguments -> "answer");
              desk.call(
                  "outer",
                  arguments -> {
                    desk.call("inner", again -> "answer");
                    return desk.call("failing", again -> failed());
                  });
              desk.call("retried", arguments -> failed());
            });

    assertThat(lines)
        .extracting(line -> line.get("method"))
        .containsExactly("inner", "failing", "outer");
    assertThat(lines).noneMatch(line -> line.containsKey("sampled"));
  }

  @Test
  void weighsTheLinesOfASample() throws Exception {
    List<Map<String, Object>> lines =
        linesOf(
            "[calls]",
            0.5,
            desk -> {
              for (int i = 0; i < 2_000; i++) {
                desk.call("outer", arguments -> desk.call("inner", again -> "answer"));
              }
            });

    assertThat(lines).hasSizeBetween(1_600, 2_400).allMatch(line -> line.get("sampled") != null);
    assertThat(lines.stream().filter(line -> "inner".equals(line.get("method"))))
        .as("trees are complete")
        .hasSize(lines.size() / 2);
  }

  @Test
  void rejectsARateThatIsNone() {
    for (double rate : new double[] {0, -1, 1.1, Double.NaN}) {
      assertThat(catchThrowable(() -> new CallLogSettings(List.of(), rate)))
          .hasMessageContaining("call-log-sample must be above 0 and up to 1");
    }
  }

  @Test
  void cutsHostileNames() throws Exception {
    String hostile = "a\r\n{\"event\":\"forged\"}\u001b[2J\u202e" + "x".repeat(1_000_000);
    List<Map<String, Object>> lines =
        linesOf(
            "[calls, decisions]",
            1,
            desk -> {
              desk.named(hostile, "retried")
                  .call(null, arguments -> failed(), "q", hostile, hostile);
            });

    assertThat(lines).hasSize(3).allMatch(line -> line.toString().length() < 2_000);
    assertThat(lines)
        .allMatch(line -> String.valueOf(line.get("session")).startsWith("a{\"event\""))
        .allMatch(line -> line.get("agent").equals(line.get("tenant")));
  }

  /** Calls methods of one runtime. */
  private final class Desk {

    private final GildRuntime runtime;

    Desk(GildRuntime runtime) {
      this.runtime = runtime;
    }

    GovernedMethod named(String agent, String method) {
      return runtime.method(
          new MethodSpec(
              CallKind.AGENT,
              agent,
              "1.2",
              "com.acme.Desk",
              method,
              "(Ljava/lang/String;Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;",
              List.of(
                  new Parameter("prompt", "java.lang.String", Role.PROMPT),
                  new Parameter("session", "java.lang.String", Role.SESSION),
                  new Parameter("tenant", "java.lang.String", Role.TENANT)),
              Effect.NONE,
              PolicyTree.empty()));
    }

    /** Calls a method, whose failure does not matter. */
    Object call(String method, Body body) {
      try {
        return String.valueOf(named("desk", method).call(null, body, "secret", "s1", "acme"));
      } catch (Exception failure) {
        return failure.toString();
      }
    }

    void pass(Duration time) {
      clock.advance(time);
    }
  }

  private static void makeAll(Desk desk) {
    desk.call("retried", arguments -> failed());
    for (int i = 0; i < 3; i++) {
      desk.call("broken", arguments -> failed());
    }
    desk.pass(Duration.ofSeconds(11));
    desk.call("broken", arguments -> "answer");
    int[] runs = {0};
    desk.call("routed", arguments -> runs[0]++ == 0 ? failed() : "answer");
    desk.call("cached", arguments -> "answer");
    desk.call("cached", arguments -> "answer");
    desk.call("limited", arguments -> "answer");
    desk.call("limited", arguments -> "answer");
    desk.call(
        "crowded",
        arguments -> {
          Thread other = new Thread(() -> desk.call("crowded", again -> "answer"));
          other.start();
          other.join();
          return "answer";
        });
    desk.call("poor", arguments -> "answer");
    desk.call(
        "slow",
        arguments -> {
          new CountDownLatch(1).await();
          return "answer";
        });
  }

  private static Object failed() throws IOException {
    throw new IOException("a secret");
  }

  private static Map<String, Object> line(List<Map<String, Object>> lines, String event) {
    return lines.stream().filter(line -> event.equals(line.get("event"))).findFirst().orElseThrow();
  }

  private List<Map<String, Object>> linesOf(String events, double sample, Consumer<Desk> work)
      throws Exception {
    Path file = Files.createTempDirectory(folder, "log").resolve("calls.jsonl");
    String yaml =
        "observability: {call-log: \"%s\", call-log-events: %s, call-log-sample: %s,"
                .formatted(file, events, sample)
            + " log-context-session: true, log-context-tenant: true}\n"
            + POLICIES;
    try (GildRuntime runtime =
        GildRuntime.builder()
            .clock(clock)
            .settings(Settings.builder().yaml("test", yaml).build())
            .discover(CallLogLinesTests.class.getClassLoader())
            .build()) {
      work.accept(new Desk(runtime));
    }
    Validator validator =
        new ValidatorFactory().withJsonNodeFactory(new JacksonNode.Factory()).createValidator();
    URI schema = validator.registerSchema(schema());
    List<Map<String, Object>> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      Validator.Result result = validator.validate(schema, line);
      assertThat(result.isValid()).as(line + " " + result.getErrors()).isTrue();
      lines.add(object(line));
    }
    return lines;
  }

  @SuppressWarnings("unchecked") // the schema allows objects only
  private static Map<String, Object> object(String line) {
    return (Map<String, Object>) Json.read(line);
  }

  private static String schema() throws IOException {
    try (InputStream in = CallLogSettings.class.getResourceAsStream("call-log.schema.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}

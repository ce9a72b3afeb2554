package io.gild.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import io.gild.anomalies.Anomalies;
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

/** Calls methods of one runtime that has the policies of all modules, and a call log. */
final class LoggedDesk {

  private static final String POLICIES =
      """
      tiers:
        local: {model: ""}
        small: {model: tiny, max-complexity: 0.2}
        medium: {model: middle, max-complexity: 0.5}
        large: {model: huge}
      budget-accounts: {store: in-process}
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

  private final GildRuntime runtime;
  private final ManualClock clock;

  private LoggedDesk(GildRuntime runtime, ManualClock clock) {
    this.runtime = runtime;
    this.clock = clock;
  }

  GovernedMethod named(String agent, String method) {
    return method(agent, method, Effect.NONE);
  }

  private GovernedMethod method(String agent, String method, Effect effect) {
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
            effect,
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

  /** Calls a method that changes the world. */
  void pay(Runnable payment) {
    method("desk", "pay", Effect.SIDE_EFFECT)
        .call(
            null,
            arguments -> {
              payment.run();
              return "paid";
            },
            "secret",
            "s1",
            "acme");
  }

  /** Makes calls that take some time, and has them judged. */
  void takeTime(int calls, Duration time) {
    for (int i = 0; i < calls; i++) {
      pass(Duration.ofSeconds(1));
      call(
          "watched",
          arguments -> {
            pass(time);
            return "answer";
          });
    }
    Anomalies.of(runtime).judge();
  }

  void pass(Duration time) {
    clock.advance(time);
  }

  static Object failed() throws IOException {
    throw new IOException("a secret");
  }

  static Map<String, Object> line(List<Map<String, Object>> lines, String event) {
    return lines.stream().filter(line -> event.equals(line.get("event"))).findFirst().orElseThrow();
  }

  /** Something that calls methods. */
  interface Work {

    void on(LoggedDesk desk) throws Exception;
  }

  /** Returns the lines of a log, each of them checked. */
  static List<Map<String, Object>> linesOf(Path folder, String events, double sample, Work work)
      throws Exception {
    ManualClock clock = ManualClock.create();
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
            .discover(LoggedDesk.class.getClassLoader())
            .build()) {
      work.on(new LoggedDesk(runtime, clock));
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

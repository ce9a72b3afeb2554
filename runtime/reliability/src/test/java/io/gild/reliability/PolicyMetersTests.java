package io.gild.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.testkit.RecordedMeters;
import java.io.IOException;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PolicyMetersTests {

  private static final String YAML =
      """
      mode: enforce
      agents:
        - agent: support
          bulkhead: {max-concurrent-calls: %d}
          retry: {max-attempts: 2, wait-duration: 1ms}
          circuit-breaker: {minimum-number-of-calls: 10}
      """;

  private final GildRuntime runtime =
      GildRuntime.builder()
          .settings(settings(YAML.formatted(5)))
          .module(new ReliabilityModule())
          .build();
  private final RecordedMeters meters = RecordedMeters.of(runtime.meters());
  private final GovernedMethod method =
      runtime.method(
          MethodSpec.of(
              "support", "com.acme.Desk", "answer", "(Ljava/lang/String;)Ljava/lang/String;"));

  @AfterEach
  void end() {
    runtime.close();
  }

  private static Settings settings(String yaml) {
    return Settings.builder().yaml("gild.yaml", yaml).build();
  }

  private OptionalDouble value(String name, String... more) {
    String[] values = new String[3 + more.length];
    values[0] = "support";
    values[1] = "answer";
    values[2] = "none";
    System.arraycopy(more, 0, values, 3, more.length);
    return meters.value(name, values);
  }

  @Test
  void showsCallsInTheBulkheadWhileTheyRun() {
    method.call(
        null,
        arguments -> {
          assertThat(value("gild.bulkhead.active")).hasValue(1);
          return "answer";
        },
        "question");

    assertThat(value("gild.bulkhead.active")).hasValue(0);
  }

  @Test
  void followsTheSettings() {
    assertThat(value("gild.bulkhead.limit")).hasValue(5);

    runtime.reload(settings(YAML.formatted(7)));
    assertThat(value("gild.bulkhead.limit")).as("not the sum of both").hasValue(7);

    runtime.reload(settings("mode: enforce\n"));
    assertThat(value("gild.bulkhead.limit")).isEmpty();
    assertThat(value("gild.circuitbreaker.state", "closed")).isEmpty();
  }

  @Test
  void countsCallsByWhatTheirRetriesAchieved() {
    int[] failures = {1};
    method.call(
        null,
        arguments -> {
          if (failures[0]-- > 0) {
            throw new IOException("down");
          }
          return "answer";
        },
        "question");
    try {
      method.call(
          null,
          arguments -> {
            throw new IOException("down");
          },
          "question");
    } catch (Exception expected) {
      assertThat(expected).hasMessage("down");
    }

    assertThat(value("gild.retry.calls", "recovered")).hasValue(1);
    assertThat(value("gild.retry.calls", "exhausted")).hasValue(1);
    assertThat(value("gild.retry.calls", "not_retried")).hasValue(0);
  }

  @Test
  void endsWithTheRuntime() {
    assertThat(value("gild.circuitbreaker.state", "closed")).hasValue(1);

    runtime.close();

    assertThat(value("gild.circuitbreaker.state", "closed")).isEmpty();
  }
}

package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.child.TracedMain;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gild.testkit.Fault;
import io.gild.testkit.Faults;
import io.gild.testkit.ModelProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the agent tells by itself, without an agent of OpenTelemetry. */
class TelemetryTests {

  private static final String GOVERNED =
      """
      mode: enforce
      agents:
        - match: com.acme.child.ModelDesk#answer
          name: desk
        - match: com.acme.child.TracedMain$TracedDesk#answer
          name: traced
      models:
        retry: {max-attempts: 3, wait-duration: 0s}
      """;

  private final ModelProvider provider =
      ModelProvider.builder()
          .retryAfter(Duration.ZERO)
          .faults(Faults.script(Fault.OK, Fault.STATUS_503, Fault.OK))
          .start();

  static List<Jdk> jdks() {
    return Jdk.all();
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private Child.Builder child(Jdk jdk, String more) throws Exception {
    return Child.on(jdk)
        .agent("config=" + ConfigFile.of(GOVERNED + more))
        .provider(provider.openAiBaseUrl());
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void writesALineOfJsonPerCallToAFile(Jdk jdk) throws Exception {
    Path log = Files.createTempDirectory("log").resolve("calls.jsonl");
    String settings = "observability: {call-log: " + log + ", call-log-max-bytes: 4096}\n";
    try (Child child = child(jdk, settings).start()) {
      assertThat(child.ask("chat a secret")).isEqualTo("[own-model] a secret");
      child.end();
    }
    List<String> lines = Files.readAllLines(log);
    assertThat(lines).hasSize(2).noneMatch(line -> line.contains("secret"));
    JsonNode agent = new ObjectMapper().readTree(lines.get(1));
    assertThat(agent.path("event").asText()).isEqualTo("invoke_agent");
    assertThat(agent.path("agent").asText()).isEqualTo("desk");
    assertThat(agent.path("outcome").asText()).isEqualTo("success");
    assertThat(agent.path("model").asText()).isEqualTo("own-model");
  }

  @Test
  void neverOutgrowsItsLimit() throws Exception {
    Path log = Files.createTempDirectory("log").resolve("calls.jsonl");
    String settings = "observability: {call-log: " + log + ", call-log-max-bytes: 2048}\n";
    try (Child child = child(Jdk.own(), settings).start()) {
      for (int i = 0; i < 30; i++) {
        child.ask("chat " + i);
      }
      child.end();
    }
    assertThat(Files.size(log)).isLessThanOrEqualTo(2_048);
    assertThat(Files.size(log.resolveSibling("calls.jsonl.1"))).isBetween(1_024L, 2_048L);
  }

  @Test
  void writesToStandardErrorIfThatIsAskedFor() throws Exception {
    try (Child child = child(Jdk.own(), "observability: {call-log: stderr}\n").start()) {
      child.ask("chat one");
      assertThat(child.end())
          .filteredOn(line -> line.startsWith("{"))
          .hasSize(2)
          .last()
          .asString()
          .contains("\"agent\":\"desk\"");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void exportsSpansWhenTheStandardVariablesAskForIt(Jdk jdk) throws Exception {
    try (Traces traces = Traces.receive();
        Child child =
            child(jdk, "")
                .environment("OTEL_EXPORTER_OTLP_ENDPOINT", traces.endpoint())
                .environment("OTEL_SERVICE_NAME", "acme-desk")
                .start()) {
      assertThat(child.ask("chat one secret")).isEqualTo("[own-model] one secret");
      assertThat(child.ask("chat two")).isEqualTo("[own-model] two");
      assertThat(child.ask("sees io.opentelemetry.sdk.OpenTelemetrySdk")).isEqualTo("no");
      assertThat(child.end()).noneMatch(line -> line.contains("failed"));

      assertThat(traces.raw()).contains("acme-desk").doesNotContain("secret");
      List<Traces.Span> agents = traces.named("invoke_agent desk");
      assertThat(agents).hasSize(2).extracting(Traces.Span::parent).containsOnly("");
      traces.assertBelow("chat own-model", "invoke_agent desk");
      traces.assertBelow("POST", "chat own-model");
      assertThat(traces.named("POST")).hasSize(3);
    }
  }

  @Test
  void exportsNothingUnlessItIsAskedFor() throws Exception {
    try (Traces traces = Traces.receive();
        Child child =
            child(Jdk.own(), "")
                .environment("OTEL_TRACES_EXPORTER", "none")
                .environment("OTEL_EXPORTER_OTLP_ENDPOINT", traces.endpoint())
                .start()) {
      assertThat(child.ask("chat one")).isEqualTo("[own-model] one");
      child.end();
      assertThat(traces.spans()).isEmpty();
    }
  }

  @Test
  void goesOnWhenNobodyReceivesTheSpans() throws Exception {
    try (Child child =
        child(Jdk.own(), "")
            .environment("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
            .start()) {
      assertThat(child.ask("chat one")).isEqualTo("[own-model] one");
      child.end();
    }
  }

  @Test
  void saysWhichProtocolItLacks() throws Exception {
    try (Child child =
        child(Jdk.own(), "")
            .environment("OTEL_TRACES_EXPORTER", "otlp")
            .environment("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc")
            .start()) {
      assertThat(child.ask("chat one")).isEqualTo("[own-model] one");
      assertThat(child.end())
          .anyMatch(line ->
              line.equals(
                  "[gild] exports no spans: OTEL_EXPORTER_OTLP_PROTOCOL is grpc, but the agent"
                      + " speaks http/protobuf alone"));
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void nestsInTheApplicationsOwnSdkWithoutClaimingIt(Jdk jdk) throws Exception {
    String version = System.getProperty("opentelemetry.version");
    String classPath =
        ClassPaths.of(
            List.of(
                "dev.langchain4j:langchain4j-open-ai:1.19.0",
                "dev.langchain4j:langchain4j:1.19.0",
                "io.opentelemetry:opentelemetry-sdk:" + version,
                "io.opentelemetry:opentelemetry-exporter-otlp:" + version));
    try (Traces traces = Traces.receive();
        Child child =
            child(jdk, "")
                .classPath(classPath)
                .main(TracedMain.class, traces.endpoint())
                .environment("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
                .start()) {
      assertThat(child.ask("early one")).isEqualTo("[own-model] early one");
      assertThat(child.ask("set")).isEqualTo("set");
      assertThat(child.ask("one")).isEqualTo("[own-model] one");
      assertThat(child.end()).noneMatch(line -> line.contains("failed"));

      assertThat(traces.spans())
          .extracting(Traces.Span::trace)
          .isNotEmpty()
          .allMatch(trace -> trace.equals(traces.spans().get(0).trace()));
      traces.assertBelow("invoke_agent traced", "request");
      traces.assertBelow("look up", "invoke_agent traced");
      traces.assertBelow("invoke_agent desk", "look up");
      traces.assertBelow("chat own-model", "invoke_agent desk");
      traces.assertBelow("POST", "chat own-model");
    }
  }
}

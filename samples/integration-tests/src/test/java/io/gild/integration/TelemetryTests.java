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
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent's own telemetry, without an agent of OpenTelemetry. */
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

  @Portable
  @Test
  void neverExceedsItsLimit() throws Exception {
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

  @Portable
  @Test
  void writesToStandardErrorOnRequest() throws Exception {
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
  void exportsSpansIfTheStandardVariablesEnableIt(Jdk jdk) throws Exception {
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

  @Portable
  @Test
  void exportsNothingByDefault() throws Exception {
    try (Traces traces = Traces.receive();
        Child child =
            child(Jdk.own(), "")
                .environment("OTEL_TRACES_EXPORTER", "none")
                .environment("OTEL_METRICS_EXPORTER", "none")
                .environment("OTEL_EXPORTER_OTLP_ENDPOINT", traces.endpoint())
                .start()) {
      assertThat(child.ask("chat one")).isEqualTo("[own-model] one");
      child.end();
      assertThat(traces.raw()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void exportsMetersIfTheStandardVariablesEnableIt(Jdk jdk) throws Exception {
    try (Traces traces = Traces.receive();
        Child child =
            child(jdk, "")
                .environment("OTEL_METRICS_EXPORTER", "otlp")
                .environment(
                    "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", traces.endpoint() + "/v1/metrics")
                .environment("OTEL_EXPORTER_OTLP_HEADERS", "x-team=blue")
                .environment("OTEL_METRIC_EXPORT_INTERVAL", "100")
                .environment("OTEL_SERVICE_NAME", "acme-desk")
                .environment("OTEL_RESOURCE_ATTRIBUTES", "acme.region=north")
                .start()) {
      assertThat(child.ask("chat one secret")).isEqualTo("[own-model] one secret");
      await(() -> !traces.points("gild.agent.requests").isEmpty());
      assertThat(child.ask("chat two")).isEqualTo("[own-model] two");
      assertThat(child.end()).noneMatch(line -> line.contains("failed"));

      traces.assertEquals(provider.requests());
      assertThat(traces.points("gild.agent.requests"))
          .filteredOn(point -> point.has("agent", "desk") && point.has("result", "success"))
          .extracting(Traces.Point::sum)
          .containsExactly(2.0);
      assertThat(traces.points("gen_ai.client.operation.duration"))
          .filteredOn(point -> point.has("outcome", "success"))
          .singleElement()
          .satisfies(point -> {
            assertThat(point.unit()).isEqualTo("s");
            assertThat(point.count()).isEqualTo(2);
            assertThat(point.sum()).isPositive();
            assertThat(point.attributes())
                .containsEntry("gen_ai.provider.name", "openai")
                .containsEntry("gen_ai.request.model", "own-model");
          });
      assertThat(traces.raw())
          .contains("acme-desk", "acme.region", "blue")
          .doesNotContain("secret");
      assertThat(traces.spans()).as("spans are not enabled").isEmpty();
    }
  }

  @Portable
  @Test
  void namesTheModelOfACachedAnswer() throws Exception {
    String yaml =
        """
        mode: enforce
        models:
          cache: {ttl: 1h}
          circuit-breaker: {minimum-number-of-calls: 1, sliding-window-size: 1}
        """;
    try (ModelProvider once =
            ModelProvider.builder().faults(Faults.script(Fault.OK, Fault.STATUS_503)).start();
        Traces traces = Traces.receive();
        Child child =
            Child.on(Jdk.own())
                .agent("config=" + ConfigFile.of(yaml))
                .provider(once.openAiBaseUrl())
                .environment("OTEL_EXPORTER_OTLP_ENDPOINT", traces.endpoint())
                .start()) {
      assertThat(child.ask("chat one")).isEqualTo("[own-model] one");
      assertThat(child.ask("chat one")).as("from the cache").isEqualTo("[own-model] one");
      assertThat(child.ask("chat two")).as("opens the breaker").startsWith("threw");
      assertThat(child.ask("chat three")).as("refused").contains("BreakerOpen");
      child.end();

      assertThat(once.requests()).hasSize(2);
      assertThat(traces.named("chat own-model")).hasSize(4);
      assertThat(traces.raw()).contains("gild.cache").contains("hit").contains("BreakerOpen");
    }
  }

  /** The first facts that an operator needs about a failing model. */
  @Portable
  @Test
  void namesTheFailingModel() throws Exception {
    try (ModelProvider down = ModelProvider.builder().faults(Faults.rate(1)).start();
        Traces traces = Traces.receive();
        Child child =
            Child.on(Jdk.own())
                .agent("config=" + ConfigFile.of("mode: observe\n"))
                .provider(down.openAiBaseUrl())
                .environment("OTEL_EXPORTER_OTLP_ENDPOINT", traces.endpoint())
                .start()) {
      child.ask("chat one");
      child.end();

      assertThat(traces.named("chat own-model")).isNotEmpty();
      assertThat(traces.points("gen_ai.client.operation.duration"))
          .filteredOn(point -> point.count() > 0)
          .singleElement()
          .satisfies(point ->
              assertThat(point.attributes())
                  .containsEntry("outcome", "failure")
                  .containsEntry("gen_ai.provider.name", "openai")
                  .containsEntry("gen_ai.request.model", "own-model"));
    }
  }

  @Portable
  @Test
  void exportsBothToOneEndpointWithTheLastValuesAtTheEnd() throws Exception {
    try (Traces traces = Traces.receive();
        Child child =
            child(Jdk.own(), "")
                .environment("OTEL_EXPORTER_OTLP_ENDPOINT", traces.endpoint())
                .start()) {
      assertThat(child.ask("chat one")).isEqualTo("[own-model] one");
      assertThat(child.ask("chat two")).isEqualTo("[own-model] two");
      child.end();
      traces.assertEquals(provider.requests());
      assertThat(traces.named("invoke_agent desk")).hasSize(2);
      assertThat(traces.points())
          .extracting(Traces.Point::name)
          .as("none of the SDK's own, which the application's SDK may export, too")
          .allMatch(name -> name.startsWith("gild.") || name.startsWith("gen_ai."));
    }
  }

  @Test
  void loadsNothingOfOpenTelemetryBeforeTheFirstGovernedCall() throws Exception {
    Path log = Files.createTempDirectory("loaded").resolve("classes.log");
    try (Traces traces = Traces.receive();
        Child child =
            child(Jdk.own(), "")
                .flags("-Xlog:class+load:file=" + log)
                .environment("OTEL_EXPORTER_OTLP_ENDPOINT", traces.endpoint())
                .start()) {
      child.ask("sees java.lang.String");
      assertThat(log).content().contains("io.gild.").doesNotContain(" io.opentelemetry.");
      assertThat(child.ask("chat one")).isEqualTo("[own-model] one");
      assertThat(log)
          .content()
          .contains(" io.opentelemetry.sdk.")
          .as("none of the spans that cost a call more")
          .contains(" io.gild.observability.OwnSpan ")
          .doesNotContain(" io.opentelemetry.sdk.trace.SdkSpan ");
      child.end();
    }
  }

  @Portable
  @Test
  void samplesByTheStandardVariables() throws Exception {
    try (Traces traces = Traces.receive();
        Child child =
            child(Jdk.own(), "")
                .environment("OTEL_EXPORTER_OTLP_ENDPOINT", traces.endpoint())
                .environment("OTEL_TRACES_SAMPLER", "parentbased_traceidratio")
                .environment("OTEL_TRACES_SAMPLER_ARG", "0")
                .start()) {
      assertThat(child.ask("chat one")).isEqualTo("[own-model] one");
      child.end();
      assertThat(traces.spans()).isEmpty();
      assertThat(traces.points("gild.agent.requests")).isNotEmpty();
    }
  }

  @Portable
  @Test
  void sendsSpansAfterTheirDelay() throws Exception {
    try (Traces traces = Traces.receive();
        Child child =
            child(Jdk.own(), "")
                .environment("OTEL_EXPORTER_OTLP_ENDPOINT", traces.endpoint())
                .environment("OTEL_BSP_SCHEDULE_DELAY", "50")
                .start()) {
      assertThat(child.ask("chat one")).isEqualTo("[own-model] one");
      await(() -> traces.named("invoke_agent desk").size() == 1);
      child.end();
    }
  }

  @Portable
  @Test
  void exportsOnlySpansOnRequest() throws Exception {
    try (Traces traces = Traces.receive();
        Child child =
            child(Jdk.own(), "")
                .environment("OTEL_METRICS_EXPORTER", "none")
                .environment("OTEL_EXPORTER_OTLP_ENDPOINT", traces.endpoint())
                .start()) {
      assertThat(child.ask("chat one")).isEqualTo("[own-model] one");
      child.end();
      assertThat(traces.named("invoke_agent desk")).hasSize(1);
      assertThat(traces.points()).isEmpty();
    }
  }

  @Portable
  @Test
  void namesAnUnsupportedExporter() throws Exception {
    try (Child child =
        child(Jdk.own(), "").environment("OTEL_METRICS_EXPORTER", "prometheus").start()) {
      assertThat(child.ask("chat one")).isEqualTo("[own-model] one");
      assertThat(child.end())
          .contains(
              "[gild] exports no meters: OTEL_METRICS_EXPORTER is prometheus, but the agent supports"
                  + " only otlp");
    }
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("came in time").isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  @Portable
  @Test
  void continuesWithoutACollectorAndReportsItOnce() throws Exception {
    try (Child child =
        child(Jdk.own(), "")
            .environment("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1")
            .environment("OTEL_METRIC_EXPORT_INTERVAL", "50")
            .environment("OTEL_BSP_SCHEDULE_DELAY", "50")
            .start()) {
      assertThat(child.ask("chat one")).isEqualTo("[own-model] one");
      assertThat(child.ask("chat two")).isEqualTo("[own-model] two");
      List<String> lines = child.end();
      assertThat(lines).filteredOn(line -> line.contains("telemetry is lost")).hasSize(1);
      assertThat(lines).noneMatch(line -> line.contains("export"));
    }
  }

  @Portable
  @Test
  void namesAnUnsupportedProtocol() throws Exception {
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
                      + " supports only http/protobuf"));
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

  @ParameterizedTest
  @MethodSource("jdks")
  void exportsSpansAlthoughALibraryLooksForAnUnsetTracer(Jdk jdk) throws Exception {
    String classPath =
        ClassPaths.of(
            List.of(
                "dev.langchain4j:langchain4j-open-ai:1.19.0",
                "dev.langchain4j:langchain4j:1.19.0",
                "io.opentelemetry:opentelemetry-api:" + System.getProperty("opentelemetry.version"),
                "io.opentelemetry:opentelemetry-sdk:" + System.getProperty("opentelemetry.version"),
                "io.opentelemetry:opentelemetry-exporter-otlp:"
                    + System.getProperty("opentelemetry.version")));
    try (Traces traces = Traces.receive();
        Child child =
            child(jdk, "")
                .classPath(classPath)
                .main(TracedMain.class, traces.endpoint())
                .environment("OTEL_EXPORTER_OTLP_ENDPOINT", traces.endpoint())
                .start()) {
      assertThat(child.ask("look")).endsWith("DefaultTracer");
      assertThat(child.ask("early one")).isEqualTo("[own-model] early one");
      assertThat(child.end()).noneMatch(line -> line.contains("failed"));

      assertThat(traces.named("invoke_agent desk")).hasSize(1);
      traces.assertBelow("chat own-model", "invoke_agent desk");
    }
  }
}

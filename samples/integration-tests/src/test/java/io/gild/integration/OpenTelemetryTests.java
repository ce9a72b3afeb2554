package io.gild.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.testkit.Fault;
import io.gild.testkit.Faults;
import io.gild.testkit.ModelProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** OpenTelemetry's javaagent and Gild's in one JVM. */
class OpenTelemetryTests {

  private static final String GOVERNED =
      """
      mode: enforce
      agents:
        - match: com.acme.child.ModelDesk#answer
          name: desk
      models:
        retry: {max-attempts: 3, wait-duration: 0s}
      """;

  static Stream<Arguments> orders() {
    List<Arguments> all = new ArrayList<>();
    for (Jdk jdk : Jdk.all()) {
      all.add(Arguments.of(jdk, true));
      all.add(Arguments.of(jdk, false));
    }
    return all.stream();
  }

  private static Child.Builder child(Jdk jdk, boolean gildFirst, Traces traces) throws Exception {
    String openTelemetry =
        "-javaagent:"
            + ClassPaths.of(
                List.of(
                    "io.opentelemetry.javaagent:opentelemetry-javaagent:"
                        + System.getProperty("opentelemetry-javaagent.version")));
    String gild = "config=" + ConfigFile.of(GOVERNED);
    Child.Builder builder = Child.on(jdk);
    builder =
        gildFirst
            ? builder.agent(gild).flags(openTelemetry)
            : builder.flags(openTelemetry).agent(gild);
    return builder.flags(
        "-Dotel.exporter.otlp.endpoint=" + traces.endpoint(),
        "-Dotel.metrics.exporter=none",
        "-Dotel.logs.exporter=none");
  }

  @ParameterizedTest
  @MethodSource("orders")
  void nestsAllSpansInOneTrace(Jdk jdk, boolean gildFirst) throws Exception {
    Report report = Report.create();
    try (Traces traces = Traces.receive();
        ModelProvider provider =
            ModelProvider.builder()
                .retryAfter(Duration.ZERO)
                .faults(Faults.script(Fault.OK, Fault.STATUS_503, Fault.OK))
                .start();
        Child child =
            child(jdk, gildFirst, traces)
                .flags(report.flag())
                .provider(provider.openAiBaseUrl())
                .start()) {
      assertThat(child.ask("chat one")).isEqualTo("[own-model] one");
      assertThat(child.ask("chat two")).isEqualTo("[own-model] two");
      child.end();
      report.assertEquals(provider.requests());
      assertThat(traces.named("invoke_agent desk"))
          .hasSize(2)
          .extracting(Traces.Span::parent)
          .containsOnly("");
      traces.assertBelow("chat own-model", "invoke_agent desk");
      List<Traces.Span> requests =
          traces.spansOf("io.gild").stream().filter(span -> span.name().equals("POST")).toList();
      assertThat(requests).hasSameSizeAs(provider.requests());
      Traces.assertBelow(requests, traces.spans());
    }
  }

  @ParameterizedTest
  @MethodSource("orders")
  void exportsMetersOnceThroughTheOtherAgent(Jdk jdk, boolean gildFirst) throws Exception {
    try (Traces traces = Traces.receive();
        ModelProvider provider = ModelProvider.builder().start();
        Child child =
            child(jdk, gildFirst, traces)
                .flags("-Dotel.metrics.exporter=otlp")
                .provider(provider.openAiBaseUrl())
                .start()) {
      assertThat(child.ask("chat one")).isEqualTo("[own-model] one");
      assertThat(child.ask("chat two")).isEqualTo("[own-model] two");
      child.end();
      traces.assertEquals(provider.requests());
    }
  }

  @Test
  void exportsMetersOnceIfTheOtherAgentReadsMicrometer() throws Exception {
    try (Traces traces = Traces.receive();
        ModelProvider provider = ModelProvider.builder().start();
        Child child =
            child(Jdk.own(), true, traces)
                .flags(
                    "-Dotel.metrics.exporter=otlp",
                    "-Dotel.instrumentation.micrometer.enabled=true")
                .provider(provider.openAiBaseUrl())
                .start()) {
      assertThat(child.ask("chat one")).isEqualTo("[own-model] one");
      child.end();
      assertThat(traces.points("gen_ai.client.token.usage"))
          .extracting(Traces.Point::attributes)
          .isNotEmpty()
          .doesNotHaveDuplicates();
    }
  }
}

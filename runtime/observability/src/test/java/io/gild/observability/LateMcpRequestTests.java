package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.GildRuntime;
import io.gild.core.McpExchange;
import io.gild.core.McpExchanges;
import io.gild.core.spi.McpTracer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Requests of MCP inside of calls whose trace is not recorded. */
class LateMcpRequestTests {

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

  private List<SpanData> request(String sampling, @Nullable String errorType) {
    OwnTracer tracer =
        new OwnTracer(
            Sampler.parentBased(Sampler.alwaysOn()),
            SimpleSpanProcessor.create(exporter),
            Resource.empty(),
            Clock.getDefault());
    try (GildRuntime runtime =
        GildRuntime.builder()
            .settings(
                Settings.builder()
                    .yaml("gild.yaml", "observability: {traces: {" + sampling + "}}")
                    .build())
            .discover(LateMcpRequestTests.class.getClassLoader())
            .build()) {
      runtime.shared(
          Telemetry.class, same -> Telemetry.of(new SimpleMeterRegistry(), new Tracers(tracer)));
      McpExchanges.of(runtime).traceWith(new McpSpans(runtime));
      runtime
          .method(TestRuntime.spec(CallKind.AGENT, "support", "answer"))
          .call(
              null,
              given -> {
                AgentCall call = Objects.requireNonNull(AgentCall.current());
                McpTracer.Traced traced =
                    McpExchanges.of(runtime)
                        .begin(
                            new McpExchange(
                                call.method().application(),
                                call,
                                false,
                                McpExchange.CALL_TOOL,
                                "weather",
                                name -> null,
                                McpExchange.Peer.UNKNOWN));
                if (traced != null) {
                  traced.ended(errorType);
                  traced.ended("later");
                }
                return "answer";
              },
              "question");
    }
    return exporter.getFinishedSpanItems();
  }

  @Test
  void areKeptWithTheCallsAroundThemIfTheyFail() {
    List<SpanData> spans = request("sample: 0, keep-errors: true", "tool_error");

    assertThat(spans)
        .extracting(SpanData::getName)
        .containsExactly("tools/call weather", "invoke_agent support");
    SpanData request = spans.get(0);
    assertThat(request.getParentSpanId()).isEqualTo(spans.get(1).getSpanId());
    assertThat(request.getAttributes().get(GenAi.ERROR_TYPE)).isEqualTo("tool_error");
    assertThat(request.getAttributes().get(GenAi.KEPT)).isEqualTo("error");
    assertThat(spans.get(1).getAttributes().get(GenAi.KEPT)).isEqualTo("inside");
  }

  @Test
  void areNotKeptIfTheySucceedOrErrorsAreNotKept() {
    assertThat(request("sample: 0, keep-errors: true", null)).isEmpty();
    assertThat(request("sample: 0, keep-errors: false", "tool_error")).isEmpty();
  }
}

package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.CallKind;
import io.gild.core.CallLinks;
import io.gild.core.GildRuntime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SpanLinksTests {

  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

  private static void call(Tracers tracers, String... headers) {
    GildRuntime runtime = TestRuntime.with(Telemetry.of(new SimpleMeterRegistry(), tracers));
    Runnable linked = CallLinks.to(headers);
    var model = runtime.method(TestRuntime.spec(CallKind.CHAT, "support", "chat"));
    runtime
        .method(TestRuntime.spec(CallKind.AGENT, "support", "answer"))
        .call(null, given -> model.call(null, same -> "answer", "question"), "question");
    linked.run();
  }

  private static List<LinkData> links(List<SpanData> spans, String name) {
    return spans.stream()
        .filter(span -> span.getName().startsWith(name))
        .findFirst()
        .orElseThrow()
        .getLinks();
  }

  @Test
  void linksTheOutermostCallAlone() {
    call(new Tracers(), "traceparent", PARENT);

    assertThat(links(OTEL.getSpans(), "invoke_agent"))
        .singleElement()
        .satisfies(link -> assertThat(link.getSpanContext().getTraceId()).isEqualTo(TRACE));
    assertThat(links(OTEL.getSpans(), "chat")).isEmpty();
    assertThat(CallLinks.take()).isEmpty();
  }

  @Test
  void linksNothingWithoutAValidTrace() {
    call(new Tracers(), "traceparent", "nonsense");
    call(new Tracers(), "traceparent");
    call(new Tracers());

    assertThat(OTEL.getSpans())
        .hasSize(6)
        .allSatisfy(span -> assertThat(span.getLinks()).isEmpty());
  }

  @Test
  void linksSpansOfTheJavaagentsOwnSdk() {
    InMemorySpanExporter exporter = InMemorySpanExporter.create();
    Tracer own =
        new OwnTracer(
            Sampler.alwaysOn(),
            SimpleSpanProcessor.create(exporter),
            Resource.empty(),
            Clock.getDefault());
    var span = own.spanBuilder("invoke_agent").startSpan();
    span.addLink(OpenTelemetryCarrier.identity(List.of("traceparent", PARENT)));
    span.end();
    span.addLink(OpenTelemetryCarrier.identity(List.of("traceparent", PARENT)));

    SpanData data = exporter.getFinishedSpanItems().get(0);
    assertThat(data.getLinks()).hasSize(1);
    assertThat(data.getTotalRecordedLinks()).isEqualTo(1);
    assertThat(data.getLinks().get(0).getSpanContext().getTraceId()).isEqualTo(TRACE);
  }
}

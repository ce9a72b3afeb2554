package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.testing.junit5.OpenTelemetryExtension;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Links and events of spans that the application's OpenTelemetry exports. */
class HostDetailsTests {

  @RegisterExtension static final OpenTelemetryExtension OTEL = OpenTelemetryExtension.create();

  private final HostDetails details =
      new HostDetails(HostDetailsTests.class.getClassLoader(), key -> key);

  @Test
  void addsALinkAtTheStartAndAnEvent() {
    SpanContext earlier =
        OpenTelemetryCarrier.identity(
            List.of("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"));
    SpanBuilder builder = OTEL.getOpenTelemetry().getTracer("app").spanBuilder("answer");
    details.link(builder, earlier);
    Span span = builder.startSpan();
    details.event(span, "happened", Attributes.of(AttributeKey.longKey("count"), 2L));
    span.end();

    SpanData data = OTEL.getSpans().get(0);
    assertThat(data.getLinks())
        .singleElement()
        .satisfies(link -> {
          assertThat(link.getSpanContext().getSpanId()).isEqualTo("b7ad6b7169203331");
          assertThat(link.getSpanContext().isSampled()).isTrue();
          assertThat(link.getSpanContext().isRemote()).isTrue();
        });
    assertThat(data.getEvents())
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getName()).isEqualTo("happened");
          assertThat(event.getAttributes().get(AttributeKey.longKey("count"))).isEqualTo(2);
        });
  }
}

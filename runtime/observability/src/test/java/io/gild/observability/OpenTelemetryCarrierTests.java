package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.spi.ContextCarrier;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenTelemetryCarrierTests {

  private static final String HEADER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  private final OpenTelemetryCarrier carrier = new OpenTelemetryCarrier();

  @Test
  void continuesTheTraceOfAnotherProcess() {
    ContextCarrier.Captured context =
        Objects.requireNonNull(carrier.extract(Map.of("traceparent", HEADER)::get));
    Map<String, String> headers = new HashMap<>();
    Runnable remove = context.install();
    carrier.inject(headers::put);
    remove.run();
    assertThat(headers).containsExactly(Map.entry("traceparent", HEADER));
    assertThat(Span.current().getSpanContext().isValid()).isFalse();
  }

  @Test
  void carriesTheStateOfATraceAndNoBaggage() {
    Map<String, String> given =
        Map.of("traceparent", HEADER, "tracestate", "acme=1", "baggage", "customer=ada");

    assertThat(passedOn(given))
        .containsExactlyInAnyOrderEntriesOf(Map.of("traceparent", HEADER, "tracestate", "acme=1"));
  }

  @Test
  void carriesBaggageIfTheOpenTelemetryOfTheApplicationDoes() {
    Map<String, String> given = Map.of("traceparent", HEADER, "baggage", "customer=ada");
    GlobalOpenTelemetry.resetForTest();
    GlobalOpenTelemetry.set(
        OpenTelemetry.propagating(
            ContextPropagators.create(
                TextMapPropagator.composite(
                    W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance()))));
    try {
      assertThat(passedOn(given)).containsExactlyInAnyOrderEntriesOf(given);
    } finally {
      GlobalOpenTelemetry.resetForTest();
    }
  }

  private Map<String, String> passedOn(Map<String, String> given) {
    Map<String, String> headers = new HashMap<>();
    Runnable remove = Objects.requireNonNull(carrier.extract(given::get)).install();
    carrier.inject(headers::put);
    remove.run();
    return headers;
  }

  @Test
  void writesTheIdsOfASpanOfTheAgentsOwnSdk() {
    OwnTracer tracer =
        new OwnTracer(
            Sampler.alwaysOn(), SpanProcessor.composite(), Resource.empty(), Clock.getDefault());
    Span span = tracer.spanBuilder("chat").setNoParent().startSpan();
    Map<String, String> headers = new HashMap<>();
    try (Scope scope = span.makeCurrent()) {
      assertThat(scope).isNotNull();
      carrier.inject(headers::put);
    }
    assertThat(headers)
        .containsEntry(
            "traceparent",
            "00-%s-%s-%s"
                .formatted(
                    span.getSpanContext().getTraceId(),
                    span.getSpanContext().getSpanId(),
                    span.getSpanContext().getTraceFlags().asHex()));
  }

  @Test
  void writesNothingOutsideOfASpan() {
    Map<String, String> headers = new HashMap<>();
    carrier.inject(headers::put);
    assertThat(headers).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"
      })
  void ignoresWhatIsNoTrace(String header) {
    assertThat(carrier.extract(Map.of("traceparent", header)::get)).isNull();
  }
}

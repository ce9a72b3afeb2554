package io.gild.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.core.spi.ContextCarrier;
import io.opentelemetry.api.trace.Span;
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

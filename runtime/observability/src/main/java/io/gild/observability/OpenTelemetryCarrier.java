package io.gild.observability;

import io.gild.core.spi.ContextCarrier;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries the current span to the thread that runs an attempt, and to other processes in the format
 * of W3C Trace Context: {@code traceparent} and {@code tracestate}.
 *
 * <p>Baggage is the application's data, and the receiver may be another company: it is sent only if
 * the application's OpenTelemetry sends baggage, too.
 */
final class OpenTelemetryCarrier implements ContextCarrier {

  private static final String BAGGAGE = "baggage";
  private static final TextMapPropagator TRACE = W3CTraceContextPropagator.getInstance();
  private static final TextMapSetter<BiConsumer<String, String>> SETTER =
      (headers, name, value) -> Objects.requireNonNull(headers).accept(name, value);

  @Override
  public Captured capture() {
    return HostSpan.capture(Context.current());
  }

  @Override
  public void inject(BiConsumer<String, String> headers) {
    inject(Context.current(), headers);
  }

  /** Writes a context for another process. */
  static void inject(Context current, BiConsumer<String, String> headers) {
    SpanContext span = Span.fromContext(current).getSpanContext();
    if (!span.isValid() || span.getTraceId().isEmpty() || span.getSpanId().isEmpty()) {
      return; // reading the ids makes their texts, for which the propagator's buffer is used, too
    }
    TRACE.inject(current, headers, SETTER);
    if (sendsBaggage()) {
      W3CBaggagePropagator.getInstance().inject(current, headers, SETTER);
    }
  }

  @Override
  public @Nullable Captured extract(Function<String, @Nullable String> headers) {
    Headers getter = new Headers();
    Context remote = TRACE.extract(Context.root(), headers, getter);
    if (!Span.fromContext(remote).getSpanContext().isValid()) {
      return null;
    }
    return HostSpan.capture(
        sendsBaggage()
            ? W3CBaggagePropagator.getInstance().extract(remote, headers, getter)
            : remote);
  }

  /** Returns the span in headers, which are names and values in turn; invalid if there is none. */
  static SpanContext identity(List<String> headers) {
    Function<String, @Nullable String> named =
        name -> {
          int index = headers.indexOf(name);
          return index < 0 || index + 1 >= headers.size() ? null : headers.get(index + 1);
        };
    return Span.fromContext(TRACE.extract(Context.root(), named, new Headers())).getSpanContext();
  }

  private static boolean sendsBaggage() {
    try {
      return GlobalOpenTelemetry.isSet()
          && GlobalOpenTelemetry.getPropagators().getTextMapPropagator().fields().contains(BAGGAGE);
    } catch (LinkageError tooOld) {
      return false;
    }
  }

  /** Reads headers by name; the propagators do not list them. */
  private static final class Headers implements TextMapGetter<Function<String, @Nullable String>> {

    @Deprecated
    @Override
    @SuppressWarnings("InlineMeSuggester") // the API requires the method
    public Iterable<String> keys(Function<String, @Nullable String> headers) {
      return List.of();
    }

    @Override
    public @Nullable String get(@Nullable Function<String, @Nullable String> headers, String name) {
      String value = headers == null ? null : headers.apply(name);
      return value == null ? null : value.strip();
    }
  }
}

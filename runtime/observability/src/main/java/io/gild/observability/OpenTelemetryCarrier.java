package io.gild.observability;

import io.gild.core.spi.ContextCarrier;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Carries the current span to the thread that runs an attempt. */
final class OpenTelemetryCarrier implements ContextCarrier {

  private static final String TRACEPARENT = "traceparent";
  private static final Pattern FORMAT =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2}).*");

  @Override
  public Captured capture() {
    return HostSpan.capture(Context.current());
  }

  /** Writes the current span in the format of W3C Trace Context. */
  @Override
  public void inject(BiConsumer<String, String> headers) {
    SpanContext span = Span.current().getSpanContext();
    if (span.isValid()) {
      headers.accept(
          TRACEPARENT,
          "00-" + span.getTraceId() + "-" + span.getSpanId() + "-" + span.getTraceFlags().asHex());
    }
  }

  @Override
  public @Nullable Captured extract(Function<String, @Nullable String> headers) {
    String header = headers.apply(TRACEPARENT);
    Matcher parts = header == null ? null : FORMAT.matcher(header.strip());
    if (parts == null || !parts.matches()) {
      return null;
    }
    SpanContext remote =
        SpanContext.createFromRemoteParent(
            parts.group(1),
            parts.group(2),
            TraceFlags.fromHex(parts.group(3), 0),
            TraceState.getDefault());
    return remote.isValid() ? HostSpan.capture(Context.root().with(Span.wrap(remote))) : null;
  }
}

package io.gild.observability;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/** Makes {@link HostSpan}s; Gild does not use explicit times. */
final class HostSpanBuilder extends PlainSpanBuilder {

  private final HostTelemetry host;
  private final Object builder;

  HostSpanBuilder(HostTelemetry host, Object builder) {
    this.host = host;
    this.builder = builder;
  }

  @Override
  public SpanBuilder setParent(Context context) {
    if (Span.fromContext(context) instanceof HostSpan parent) {
      host.setParent(builder, parent.hostContext());
    }
    return this;
  }

  @Override
  public SpanBuilder setNoParent() {
    return this;
  }

  @Override
  public SpanBuilder addLink(SpanContext linked) {
    host.details().link(builder, linked);
    return this;
  }

  @Override
  public <T> SpanBuilder setAttribute(AttributeKey<T> key, @Nullable T value) {
    if (value != null) {
      host.setBuilderAttribute(builder, key, value);
    }
    return this;
  }

  @Override
  public SpanBuilder setSpanKind(SpanKind kind) {
    host.setKind(builder, kind);
    return this;
  }

  @Override
  public Span startSpan() {
    return new HostSpan(host, host.startSpan(builder));
  }
}

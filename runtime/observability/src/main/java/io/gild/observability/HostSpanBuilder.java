package io.gild.observability;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes {@link HostSpan}s; links and times of one's own are not among what Gild asks for. */
final class HostSpanBuilder implements SpanBuilder {

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
    return this;
  }

  @Override
  public SpanBuilder addLink(SpanContext linked, Attributes attributes) {
    return this;
  }

  @Override
  public SpanBuilder setAttribute(String key, @Nullable String value) {
    return setAttribute(AttributeKey.stringKey(key), value);
  }

  @Override
  public SpanBuilder setAttribute(String key, long value) {
    return setAttribute(AttributeKey.longKey(key), value);
  }

  @Override
  public SpanBuilder setAttribute(String key, double value) {
    return setAttribute(AttributeKey.doubleKey(key), value);
  }

  @Override
  public SpanBuilder setAttribute(String key, boolean value) {
    return setAttribute(AttributeKey.booleanKey(key), value);
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
  public SpanBuilder setStartTimestamp(long timestamp, TimeUnit unit) {
    return this;
  }

  @Override
  public Span startSpan() {
    return new HostSpan(host, host.startSpan(builder));
  }
}

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

/** Makes {@link OwnSpan}s; links and times of one's own are not among what Gild asks for. */
final class OwnSpanBuilder implements SpanBuilder {

  private final OwnTracer tracer;
  private final String name;
  private final FlatAttributes attributes = new FlatAttributes();
  private @Nullable Context parent;
  private SpanKind kind = SpanKind.INTERNAL;

  OwnSpanBuilder(OwnTracer tracer, String name) {
    this.tracer = tracer;
    this.name = name;
  }

  @Override
  public SpanBuilder setParent(Context context) {
    parent = context;
    return this;
  }

  @Override
  public SpanBuilder setNoParent() {
    return setParent(Context.root());
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
    attributes.put(key, value);
    return this;
  }

  @Override
  public SpanBuilder setSpanKind(SpanKind kind) {
    this.kind = kind;
    return this;
  }

  @Override
  public SpanBuilder setStartTimestamp(long timestamp, TimeUnit unit) {
    return this;
  }

  @Override
  public Span startSpan() {
    Context known = parent;
    return tracer.start(known == null ? Context.current() : known, name, kind, attributes);
  }
}

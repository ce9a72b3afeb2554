package io.gild.observability;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/** Makes {@link OwnSpan}s; Gild does not use explicit times. */
final class OwnSpanBuilder extends PlainSpanBuilder {

  private final OwnTracer tracer;
  private final String name;
  private final FlatAttributes attributes = new FlatAttributes();
  private @Nullable Context parent;
  private SpanKind kind = SpanKind.INTERNAL;
  private @Nullable SpanContext linked;

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

  /** Keeps the last link: Gild links no span to two others. */
  @Override
  public SpanBuilder addLink(SpanContext earlier) {
    linked = earlier;
    return this;
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

  /** Starts a span of which the time and the identity were settled before. */
  OwnSpan startLate(SpanContext identity, SpanContext parent, long startNanos) {
    OwnSpan span = tracer.startLate(identity, parent, startNanos, name, kind, attributes);
    link(span);
    return span;
  }

  @Override
  public Span startSpan() {
    Context known = parent;
    Span span = tracer.start(known == null ? Context.current() : known, name, kind, attributes);
    link(span);
    return span;
  }

  private void link(Span span) {
    if (linked != null) {
      span.addLink(linked);
    }
  }
}

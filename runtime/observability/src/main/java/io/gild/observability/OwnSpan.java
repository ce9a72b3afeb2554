package io.gild.observability;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.InstrumentationLibraryInfo;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A span of the SDK that the agent includes.
 *
 * <p>Only Gild uses it, one thread at a time, like its call. Gild records no exceptions.
 */
final class OwnSpan implements Span, ReadableSpan {

  private final OwnTracer tracer;
  private final OwnSpanContext identity;
  private final SpanContext parent;
  private final OwnTracer.Anchor anchor;
  private final SpanKind kind;
  private final FlatAttributes attributes;
  private final long startNanos;
  private long endNanos;
  private String name;
  private StatusData status = StatusData.unset();
  private boolean ended;
  private List<LinkData> links = List.of();
  private List<EventData> events = List.of();

  OwnSpan(
      OwnTracer tracer,
      OwnSpanContext identity,
      SpanContext parent,
      OwnTracer.Anchor anchor,
      long startNanos,
      String name,
      SpanKind kind,
      FlatAttributes attributes) {
    this.tracer = tracer;
    this.identity = identity;
    this.parent = parent;
    this.anchor = anchor;
    this.name = name;
    this.kind = kind;
    this.attributes = attributes;
    this.startNanos = startNanos;
  }

  OwnTracer.Anchor anchor() {
    return anchor;
  }

  @Override
  public <T> Span setAttribute(AttributeKey<T> key, @Nullable T value) {
    if (!ended) {
      attributes.put(key, value);
    }
    return this;
  }

  @Override
  public Span setStatus(StatusCode code, String description) {
    boolean settled = status.getStatusCode() == StatusCode.OK || code == StatusCode.UNSET;
    if (!ended && !settled) {
      status = StatusData.create(code, code == StatusCode.ERROR ? description : "");
    }
    return this;
  }

  @Override
  public Span updateName(String name) {
    if (!ended) {
      this.name = name;
    }
    return this;
  }

  @Override
  public void end() {
    if (!ended) {
      endNanos = tracer.nanoTime();
      ended = true;
      tracer.ended(this);
    }
  }

  @Override
  public void end(long timestamp, TimeUnit unit) {
    end();
  }

  @Override
  public Span addEvent(String name, Attributes attributes) {
    if (!ended) {
      List<EventData> more = new ArrayList<>(events);
      more.add(EventData.create(anchor.epochNanos(tracer.nanoTime()), name, attributes));
      events = more;
    }
    return this;
  }

  @Override
  public Span addEvent(String name, Attributes attributes, long timestamp, TimeUnit unit) {
    return addEvent(name, attributes);
  }

  @Override
  public Span addLink(SpanContext linked) {
    if (!ended) {
      List<LinkData> more = new ArrayList<>(links);
      more.add(LinkData.create(linked));
      links = more;
    }
    return this;
  }

  @Override
  public Span addLink(SpanContext linked, Attributes attributes) {
    return addLink(linked);
  }

  @Override
  public Span recordException(Throwable exception, Attributes attributes) {
    return this;
  }

  @Override
  public boolean isRecording() {
    return !ended;
  }

  @Override
  public SpanContext getSpanContext() {
    return identity;
  }

  // ------------------------------------------------------------------------- for the processor

  @Override
  public SpanData toSpanData() {
    return new OwnSpanData(this, attributes.toAttributes());
  }

  @Override
  public SpanContext getParentSpanContext() {
    return parent;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public SpanKind getKind() {
    return kind;
  }

  @Override
  public boolean hasEnded() {
    return ended;
  }

  @Override
  public long getLatencyNanos() {
    return (ended ? endNanos : tracer.nanoTime()) - startNanos;
  }

  @Override
  public <T> @Nullable T getAttribute(AttributeKey<T> key) {
    return attributes.get(key);
  }

  @Override
  public Attributes getAttributes() {
    return attributes.toAttributes();
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return tracer.scope();
  }

  @Deprecated
  @Override
  public InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
    return InstrumentationLibraryInfo.create(Tracers.SCOPE, null, tracer.scope().getSchemaUrl());
  }

  Resource resource() {
    return tracer.resource();
  }

  List<LinkData> links() {
    return links;
  }

  List<EventData> events() {
    return events;
  }

  StatusData status() {
    return status;
  }

  long startEpochNanos() {
    return anchor.epochNanos(startNanos);
  }

  /** Returns the end by the wall clock; zero if there is none yet. */
  long endEpochNanos() {
    return ended ? anchor.epochNanos(endNanos) : 0;
  }
}

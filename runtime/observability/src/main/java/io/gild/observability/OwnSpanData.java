package io.gild.observability;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.InstrumentationLibraryInfo;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;

/** An {@link OwnSpan} that ended, in the form that exporters expect. */
final class OwnSpanData implements SpanData {

  private final OwnSpan span;
  private final Attributes attributes;

  OwnSpanData(OwnSpan span, Attributes attributes) {
    this.span = span;
    this.attributes = attributes;
  }

  @Override
  public String getName() {
    return span.getName();
  }

  @Override
  public SpanKind getKind() {
    return span.getKind();
  }

  @Override
  public SpanContext getSpanContext() {
    return span.getSpanContext();
  }

  @Override
  public SpanContext getParentSpanContext() {
    return span.getParentSpanContext();
  }

  @Override
  public StatusData getStatus() {
    return span.status();
  }

  @Override
  public long getStartEpochNanos() {
    return span.startEpochNanos();
  }

  @Override
  public long getEndEpochNanos() {
    return span.endEpochNanos();
  }

  @Override
  public boolean hasEnded() {
    return span.hasEnded();
  }

  @Override
  public Attributes getAttributes() {
    return attributes;
  }

  @Override
  public int getTotalAttributeCount() {
    return attributes.size();
  }

  @Override
  public List<EventData> getEvents() {
    return span.events();
  }

  @Override
  public int getTotalRecordedEvents() {
    return span.events().size();
  }

  @Override
  public List<LinkData> getLinks() {
    return span.links();
  }

  @Override
  public int getTotalRecordedLinks() {
    return span.links().size();
  }

  @Deprecated
  @Override
  public InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
    return span.getInstrumentationLibraryInfo();
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return span.getInstrumentationScopeInfo();
  }

  @Override
  public Resource getResource() {
    return span.resource();
  }
}

package io.gild.observability;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes the spans of the SDK that the agent includes, at a fraction of the SDK's cost per call:
 * identities become text, and attributes a sorted map, on the exporting thread.
 *
 * <p>The SDK's sampler decides on them, and its processor receives them when they end.
 */
final class OwnTracer implements Tracer {

  private static final TraceFlags SAMPLED =
      TraceFlags.builder().setSampled(true).setRandomTraceId(true).build();
  private static final TraceFlags NOT_SAMPLED = TraceFlags.builder().setRandomTraceId(true).build();

  /** How long the wall clock is derived from the monotonic one, for spans without a parent. */
  private static final long NANOS_PER_ANCHOR = 100_000_000;

  /** One moment on both clocks. */
  record Anchor(long epochNanos, long nanoTime) {

    long epochNanos(long when) {
      return epochNanos + (when - nanoTime);
    }
  }

  private final Sampler sampler;
  private final boolean samplesAll;
  private final SpanProcessor processor;
  private final Resource resource;
  private final InstrumentationScopeInfo scope;
  private final Clock clock;
  private volatile Anchor anchor;

  /**
   * Creates the tracer.
   *
   * @param sampler decides which spans are recorded
   * @param processor receives the ended spans
   * @param resource the resource of the spans
   * @param clock gives both times
   */
  OwnTracer(Sampler sampler, SpanProcessor processor, Resource resource, Clock clock) {
    this(sampler, processor, resource, clock, SemanticConventions.V1_41);
  }

  /** The same, with the conventions of the spans. */
  OwnTracer(
      Sampler sampler,
      SpanProcessor processor,
      Resource resource,
      Clock clock,
      SemanticConventions conventions) {
    this.sampler = sampler;
    this.samplesAll = sampler.equals(Sampler.parentBased(Sampler.alwaysOn()));
    this.processor = processor;
    this.resource = resource;
    this.clock = clock;
    this.scope =
        InstrumentationScopeInfo.builder(Tracers.SCOPE)
            .setSchemaUrl(conventions.schemaUrl())
            .build();
    this.anchor = anchored();
  }

  @Override
  public OwnSpanBuilder spanBuilder(String name) {
    return new OwnSpanBuilder(this, name);
  }

  Span start(Context context, String name, SpanKind kind, FlatAttributes attributes) {
    Span around = Span.fromContext(context);
    SpanContext parent = around.getSpanContext();
    ThreadLocalRandom random = ThreadLocalRandom.current();
    if (!samplesAll || parent.isValid() && !parent.isSampled()) {
      return startIfSampled(context, name, kind, attributes, parent, random);
    }
    OwnSpanContext identity =
        OwnSpanContext.below(parent, flags(parent, true), parent.getTraceState(), random);
    return started(identity, parent, around, name, kind, attributes);
  }

  /** Returns a new identity of a recorded span. */
  SpanContext identityBelow(SpanContext parent) {
    return OwnSpanContext.below(
        parent, flags(parent, true), parent.getTraceState(), ThreadLocalRandom.current());
  }

  /** Starts a span of which the time and the identity were settled before. */
  OwnSpan startLate(
      SpanContext identity,
      SpanContext parent,
      long startNanos,
      String name,
      SpanKind kind,
      FlatAttributes attributes) {
    Anchor since = anchor(clock.nanoTime());
    return new OwnSpan(
        this, (OwnSpanContext) identity, parent, since, startNanos, name, kind, attributes);
  }

  private OwnSpan started(
      OwnSpanContext identity,
      SpanContext parent,
      Span around,
      String name,
      SpanKind kind,
      FlatAttributes attributes) {
    long now = clock.nanoTime();
    Anchor since = around instanceof OwnSpan outer ? outer.anchor() : anchor(now);
    return new OwnSpan(this, identity, parent, since, now, name, kind, attributes);
  }

  private Span startIfSampled(
      Context context,
      String name,
      SpanKind kind,
      FlatAttributes attributes,
      SpanContext parent,
      ThreadLocalRandom random) {
    OwnSpanContext candidate =
        OwnSpanContext.below(parent, NOT_SAMPLED, parent.getTraceState(), random);
    Attributes given = attributes.toAttributes();
    SamplingResult result =
        sampler.shouldSample(context, candidate.getTraceId(), name, kind, given, List.of());
    TraceState state = result.getUpdatedTraceState(parent.getTraceState());
    boolean sampled = result.getDecision() == SamplingDecision.RECORD_AND_SAMPLE;
    OwnSpanContext identity = candidate.with(flags(parent, sampled), state);
    if (!sampled) {
      return Span.wrap(identity);
    }
    result.getAttributes().forEach(attributes::put);
    return started(identity, parent, Span.fromContext(context), name, kind, attributes);
  }

  private static TraceFlags flags(SpanContext parent, boolean sampled) {
    if (!parent.isValid() || parent.getTraceFlags().isTraceIdRandom()) {
      return sampled ? SAMPLED : NOT_SAMPLED;
    }
    return sampled ? TraceFlags.getSampled() : TraceFlags.getDefault();
  }

  /** Returns the clock of a span without a parent; other spans use their parent's clock. */
  private Anchor anchor(long now) {
    Anchor known = anchor;
    if (now - known.nanoTime() > NANOS_PER_ANCHOR) {
      known = anchored();
      anchor = known;
    }
    return known;
  }

  private Anchor anchored() {
    return new Anchor(clock.now(), clock.nanoTime());
  }

  long nanoTime() {
    return clock.nanoTime();
  }

  void ended(OwnSpan span) {
    processor.onEnd(span);
  }

  Resource resource() {
    return resource;
  }

  InstrumentationScopeInfo scope() {
    return scope;
  }
}

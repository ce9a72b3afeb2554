package io.gild.observability;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The identity of a span, converted to text at first use. */
final class OwnSpanContext implements SpanContext {

  private static final int HEX_PER_LONG = 16;
  private static final int HEX = 16;

  private final long traceHigh;
  private final long traceLow;
  private final long span;
  private final TraceFlags flags;
  private final TraceState state;

  // The first thread writes it; all would write the same.
  private @Nullable String traceId;
  private @Nullable String spanId;

  private OwnSpanContext(
      long traceHigh, long traceLow, long span, TraceFlags flags, TraceState state) {
    this.traceHigh = traceHigh;
    this.traceLow = traceLow;
    this.span = span;
    this.flags = flags;
    this.state = state;
  }

  /** Makes an identity in the trace of a parent, or in a new trace if there is no parent. */
  static OwnSpanContext below(
      SpanContext parent, TraceFlags flags, TraceState state, Random random) {
    long span = notZero(random);
    if (parent instanceof OwnSpanContext own) {
      return new OwnSpanContext(own.traceHigh, own.traceLow, span, flags, state);
    }
    if (!parent.isValid()) {
      return new OwnSpanContext(random.nextLong(), notZero(random), span, flags, state);
    }
    String trace = parent.getTraceId();
    return new OwnSpanContext(
        Long.parseUnsignedLong(trace, 0, HEX_PER_LONG, HEX),
        Long.parseUnsignedLong(trace, HEX_PER_LONG, trace.length(), HEX),
        span,
        flags,
        state);
  }

  private static long notZero(Random random) {
    long id = random.nextLong();
    while (id == 0) {
      id = random.nextLong();
    }
    return id;
  }

  /** Returns the same identity after a sampling decision. */
  OwnSpanContext with(TraceFlags decided, TraceState updated) {
    return new OwnSpanContext(traceHigh, traceLow, span, decided, updated);
  }

  @Override
  public String getTraceId() {
    String known = traceId;
    if (known == null) {
      known = TraceId.fromLongs(traceHigh, traceLow);
      traceId = known;
    }
    return known;
  }

  @Override
  public String getSpanId() {
    String known = spanId;
    if (known == null) {
      known = SpanId.fromLong(span);
      spanId = known;
    }
    return known;
  }

  @Override
  public TraceFlags getTraceFlags() {
    return flags;
  }

  @Override
  public TraceState getTraceState() {
    return state;
  }

  @Override
  public boolean isValid() {
    return true;
  }

  @Override
  public boolean isRemote() {
    return false;
  }

  @Override
  public String toString() {
    return getTraceId() + " " + getSpanId();
  }
}

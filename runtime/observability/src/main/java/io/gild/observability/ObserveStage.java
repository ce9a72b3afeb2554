package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import org.jspecify.annotations.Nullable;

/** Leaves a span, meters and a log line of each call. */
final class ObserveStage extends Stage {

  private final @Nullable Tracers tracers;
  private final @Nullable MethodMeters meters;
  private final @Nullable CallLog log;
  private final CallSpans spans;
  private final boolean exemplars;
  private final int slot;
  private final int logSlot;
  private final int idsSlot;

  ObserveStage(
      @Nullable Tracers tracers,
      @Nullable MethodMeters meters,
      @Nullable CallLog log,
      boolean exemplars,
      CallSpans spans,
      boolean putsIds,
      StageContext context) {
    this.tracers = tracers;
    this.meters = meters;
    this.log = log;
    this.exemplars = exemplars;
    this.spans = spans;
    this.slot = tracers == null ? -1 : context.newSlot();
    this.logSlot = log != null && log.isSampled() ? context.newSlot() : -1;
    this.idsSlot = putsIds ? context.newSlot() : -1;
  }

  @Override
  public boolean enter(AgentCall call) {
    if (tracers != null) {
      Tracer tracer = tracers.tracer(call.startNanos());
      if (tracer != null) {
        LateTrace late = spans.notRecorded(tracer, call);
        if (late != null) {
          late.describe(call, CallDetails.take());
        }
        call.slot(slot, late == null ? spans.start(tracer, call) : late);
      }
    }
    if (log != null && logSlot >= 0) {
      call.slot(logSlot, log.tree(call));
    }
    if (idsSlot >= 0) {
      call.slot(idsSlot, LoggingContext.begin(call));
    }
    return true;
  }

  @Override
  public boolean exit(AgentCall call) {
    if (idsSlot >= 0 && call.slot(idsSlot) instanceof LoggingContext ids) {
      ids.end();
    }
    Object held = slot < 0 ? null : call.slot(slot);
    if (held instanceof CallSpans.Open span) {
      spans.end(span, call);
      record(call, exemplars ? span.span() : null);
    } else {
      CallSpans.Open kept = held instanceof LateTrace late ? spans.endLate(late, call) : null;
      if (kept == null) {
        spans.endWithoutSpan(call);
      } else {
        call.slot(slot, kept);
      }
      record(call, null);
    }
    if (log != null) {
      log.write(call);
    }
    return false;
  }

  private void record(AgentCall call, @Nullable Span span) {
    if (meters == null) {
      return;
    }
    if (span == null) {
      meters.record(call);
      return;
    }
    Exemplars.recorded(span);
    try {
      meters.record(call);
    } finally {
      Exemplars.recorded(null);
    }
  }
}

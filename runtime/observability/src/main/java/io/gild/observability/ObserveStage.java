package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.opentelemetry.api.trace.Tracer;
import org.jspecify.annotations.Nullable;

/** Leaves a span, meters and a log line of each call. */
final class ObserveStage extends Stage {

  private final @Nullable Tracers tracers;
  private final @Nullable MethodMeters meters;
  private final @Nullable CallLog log;
  private final CallSpans spans;
  private final int slot;

  ObserveStage(
      @Nullable Tracers tracers,
      @Nullable MethodMeters meters,
      @Nullable CallLog log,
      StageContext context) {
    this.tracers = tracers;
    this.meters = meters;
    this.log = log;
    this.spans = new CallSpans(context.spec());
    this.slot = tracers == null ? -1 : context.newSlot();
  }

  @Override
  public boolean enter(AgentCall call) {
    if (tracers != null) {
      Tracer tracer = tracers.tracer(call.startNanos());
      if (tracer != null) {
        call.slot(slot, spans.start(tracer, call));
      }
    }
    return true;
  }

  @Override
  public boolean exit(AgentCall call) {
    if (slot >= 0 && call.slot(slot) instanceof CallSpans.Open span) {
      spans.end(span, call);
    }
    if (meters != null) {
      meters.record(call);
    }
    if (log != null) {
      log.write(call);
    }
    return false;
  }
}

package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.TracedWork;
import io.opentelemetry.api.trace.SpanContext;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A trace that is not recorded: its calls have no spans while they run. A call that is kept after
 * all gets its span at its end, and the calls around it get theirs. Thread-safe.
 */
final class LateTrace {

  private final OwnTracer tracer;
  private final boolean keepsErrors;

  /** The calls that are kept, or are around one that is. */
  private @Nullable Map<AgentCall, SpanContext> kept;

  /** What modules say about calls that run. */
  private @Nullable Map<AgentCall, TracedWork> details;

  LateTrace(OwnTracer tracer, boolean keepsErrors) {
    this.tracer = tracer;
    this.keepsErrors = keepsErrors;
  }

  /** Returns whether failed requests get a span. */
  boolean keepsErrors() {
    return keepsErrors;
  }

  OwnTracer tracer() {
    return tracer;
  }

  /** Returns whether a call inside of this one was kept. */
  synchronized boolean isAroundKept(AgentCall call) {
    return kept != null && kept.containsKey(call);
  }

  /** Returns the identity of the span of a call, which is kept with all calls around it. */
  synchronized SpanContext identity(AgentCall call) {
    Map<AgentCall, SpanContext> all = kept;
    if (all == null) {
      all = new IdentityHashMap<>();
      kept = all;
    }
    SpanContext known = all.get(call);
    if (known == null) {
      known = tracer.identityBelow(around(call));
      all.put(call, known);
    }
    return known;
  }

  /** Returns the identity of the span around that of a call; an invalid one at the beginning. */
  synchronized SpanContext around(AgentCall call) {
    for (AgentCall each = call.parent(); each != null; each = each.parent()) {
      if (each.slot(LateTrace.class) == this || isAroundKept(each)) {
        return identity(each);
      }
    }
    return SpanContext.getInvalid();
  }

  /** Keeps what a module says about a call, for the span that it may get at its end. */
  synchronized void describe(AgentCall call, @Nullable TracedWork work) {
    if (work != null) {
      Map<AgentCall, TracedWork> all = details;
      if (all == null) {
        all = new IdentityHashMap<>();
        details = all;
      }
      all.put(call, work);
    }
  }

  /** Adds attributes to those of a call. */
  synchronized void add(AgentCall call, Map<String, Object> attributes) {
    TracedWork known = details == null ? null : details.get(call);
    TracedWork all = known == null ? TracedWork.of("", Map.of()) : known;
    describe(call, all.with(attributes));
  }

  /** Returns what modules said about a call that ends, and forgets it. */
  synchronized @Nullable TracedWork details(AgentCall call) {
    return details == null ? null : details.remove(call);
  }
}

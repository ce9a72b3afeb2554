package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.MethodSpec;
import io.gild.core.RuntimeScope;
import io.gild.core.TracedWork;
import io.gild.core.spi.WorkTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the spans of work that is no call, and describes the spans of calls. */
final class WorkSpans implements WorkTracer {

  private final RuntimeScope runtime;

  WorkSpans(RuntimeScope runtime) {
    this.runtime = runtime;
  }

  @Override
  public @Nullable Traced begin(TracedWork work) {
    AgentCall call = AgentCall.current();
    ObservePolicy policy = policy(call, work);
    if (policy == null || !policy.spans() || call != null && CallSpans.lateTrace(call) != null) {
      return null;
    }
    Telemetry telemetry = runtime.shared(Telemetry.class, Telemetry::start);
    Tracers tracers =
        call == null ? telemetry.tracers() : telemetry.tracers(call.method().application());
    Tracer tracer = tracers.tracer(runtime.clock().nanoTime());
    if (tracer == null || !work.recorded() && isNotSampled(runtime, call, tracer)) {
      return null;
    }
    WorkAttributes attributes = attributes(policy, telemetry);
    SpanBuilder builder = tracer.spanBuilder(work.name());
    attributes.write(work.attributes(), (key, value) -> set(builder, key, value));
    link(builder, work.linked());
    if (call != null) {
      CallSpans.nest(builder, call);
    }
    Span span = builder.startSpan();
    return CallSpans.isNotExported(span) ? null : new Open(span, attributes);
  }

  private @Nullable ObservePolicy policy(@Nullable AgentCall call, TracedWork work) {
    return call == null
        ? runtime
            .policies(MethodSpec.of(work.agent(), "", work.method(), "()V"))
            .get(ObservePolicy.class)
        : call.method().policies().get(ObservePolicy.class);
  }

  /** Returns whether work begins a trace that Gild's own sampling leaves out. */
  static boolean isNotSampled(RuntimeScope runtime, @Nullable AgentCall call, Tracer tracer) {
    boolean begins = call == null && !Span.current().getSpanContext().isValid();
    return begins
        && tracer instanceof OwnTracer
        && !runtime.settings().get(Observability.SECTION).traces().samples();
  }

  private WorkAttributes attributes(ObservePolicy policy, Telemetry telemetry) {
    if (!policy.content()) {
      return WorkAttributes.withoutContent(telemetry.conventions());
    }
    Observability settings = runtime.settings().get(Observability.SECTION);
    return new WorkAttributes(
        telemetry.conventions(), ContentCapture.scrubber(settings), settings.contentMaxBytes());
  }

  /** Links a span to what earlier work left, if that names a span. */
  static void link(SpanBuilder builder, List<String> earlier) {
    SpanContext linked =
        earlier.isEmpty() ? SpanContext.getInvalid() : OpenTelemetryCarrier.identity(earlier);
    if (linked.isValid()) {
      builder.addLink(linked);
    }
  }

  @SuppressWarnings("unchecked") // each value has the type of its key
  static void set(SpanBuilder builder, AttributeKey<?> key, Object value) {
    builder.setAttribute((AttributeKey<Object>) key, value);
  }

  @SuppressWarnings("unchecked") // each value has the type of its key
  static void set(Span span, AttributeKey<?> key, Object value) {
    span.setAttribute((AttributeKey<Object>) key, value);
  }

  @Override
  public Runnable next(TracedWork work) {
    return CallDetails.next(work);
  }

  @Override
  public void current(Map<String, Object> attributes) {
    AgentCall call = AgentCall.current();
    CallSpans.Open open = call == null ? null : call.slot(CallSpans.Open.class);
    LateTrace late = call == null || open != null ? null : call.slot(LateTrace.class);
    if (call != null && late != null) {
      late.add(call, attributes);
    } else if (open != null) {
      Span span = open.span();
      SemanticConventions conventions =
          runtime.shared(Telemetry.class, Telemetry::start).conventions();
      WorkAttributes.withoutContent(conventions)
          .write(attributes, (key, value) -> set(span, key, value));
    }
  }

  /** A span of work. */
  private static final class Open extends OpenWork implements Traced {

    private final WorkAttributes attributes;

    Open(Span span, WorkAttributes attributes) {
      super(span, true);
      this.attributes = attributes;
    }

    @Override
    public void add(Map<String, Object> given) {
      attributes.write(given, (key, value) -> set(span, key, value));
    }

    @Override
    public void event(String name, Map<String, Object> given) {
      span.addEvent(name, attributes.of(given));
    }
  }
}

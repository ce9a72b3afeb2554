package io.gild.observability;

import io.gild.config.TokenKind;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallFacts;
import io.gild.core.CallKind;
import io.gild.core.CallLinks;
import io.gild.core.GildLog;
import io.gild.core.MethodSpec;
import io.gild.core.TracedWork;
import io.gild.core.spi.SpanIdentity;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Makes the spans of one method, in the words of the GenAI conventions. */
final class CallSpans {

  /**
   * A running span and, if its call stays on its thread, the scope that removes the span from the
   * thread.
   */
  static final class Open implements SpanIdentity {

    private final Span span;
    private final @Nullable Scope scope;

    /** Where the last request went; any thread may write it. */
    private volatile @Nullable Server server;

    Open(Span span, @Nullable Scope scope) {
      this.span = span;
      this.scope = scope;
    }

    Span span() {
      return span;
    }

    @Nullable Scope scope() {
      return scope;
    }

    @Override
    public String traceId() {
      SpanContext identity = span.getSpanContext();
      return identity.isValid() ? identity.getTraceId() : "";
    }

    @Override
    public String spanId() {
      SpanContext identity = span.getSpanContext();
      return identity.isValid() ? identity.getSpanId() : "";
    }
  }

  private record Server(String host, int port) {}

  private static final TokenKind[] KINDS = TokenKind.values();

  private final MethodSpec spec;
  private final SemanticConventions conventions;
  private final SpanWords words;
  private final @Nullable ContentCapture content;
  private final TraceSampling sampling;
  private final String name;
  private final int sessionIndex;

  CallSpans(
      MethodSpec spec,
      SemanticConventions conventions,
      @Nullable ContentCapture content,
      TraceSampling sampling) {
    this.sampling = sampling;
    this.spec = spec;
    this.conventions = conventions;
    this.words = new SpanWords(spec, conventions);
    this.content = content;
    this.sessionIndex = spec.indexOf(MethodSpec.Role.SESSION);
    this.name =
        spec.kind().operationName()
            + " "
            + (spec.kind() == CallKind.AGENT ? spec.agent() : spec.methodName());
  }

  /**
   * Returns the trace of a call if it is not recorded, in which case a span can still follow at the
   * call's end; null if the call has a span now.
   */
  @Nullable LateTrace notRecorded(Tracer tracer, AgentCall call) {
    if (sampling.sample() >= 1) {
      return null;
    }
    if (!(tracer instanceof OwnTracer own)) {
      GildLog.infoOnce(
          "observability.traces has no effect: the application or another agent exports the spans,"
              + " and its own sampler decides");
      return null;
    }
    AgentCall around = call.parent();
    LateTrace late = around == null ? null : lateTrace(around);
    if (late != null || around != null && owner(around) != null) {
      return late;
    }
    return Span.current().getSpanContext().isSampled() || sampling.samples()
        ? null
        : new LateTrace(own, sampling.keepErrors());
  }

  /** Returns the trace of a call if it is not recorded. */
  static @Nullable LateTrace lateTrace(AgentCall innermost) {
    for (AgentCall call = innermost; call != null; call = call.parent()) {
      LateTrace late = call.slot(LateTrace.class);
      if (late != null) {
        return late;
      }
      if (call.slot(Open.class) != null) {
        return null;
      }
    }
    return null;
  }

  /**
   * Ends a call whose trace is not recorded; if it is kept, it gets its span now.
   *
   * @return that span, or {@code null} if the call is not kept
   */
  @Nullable Open endLate(LateTrace late, AgentCall call) {
    TracedWork details = late.details(call);
    String reason = sampling.reason(call);
    if (reason == null && !late.isAroundKept(call)) {
      return null;
    }
    SpanContext identity = late.identity(call);
    OwnSpanBuilder builder = late.tracer().spanBuilder(name(details));
    begin(builder, call);
    describe(builder, details);
    builder.setAttribute(GenAi.KEPT, reason == null ? "inside" : reason);
    Open open = new Open(builder.startLate(identity, late.around(call), call.startNanos()), null);
    end(open, call);
    return open;
  }

  private void begin(SpanBuilder builder, AgentCall call) {
    builder.setSpanKind(spec.kind().isModel() ? SpanKind.CLIENT : SpanKind.INTERNAL);
    words.start(builder);
    if (MethodVersions.isShadow(call)) {
      builder.setAttribute(GenAi.SHADOW, true);
    }
    if (sessionIndex >= 0 && call.argument(sessionIndex) != null) {
      builder.setAttribute(GenAi.CONVERSATION_ID, String.valueOf(call.argument(sessionIndex)));
    }
  }

  /** Starts a span; returns null if it would not be exported. */
  @SuppressWarnings("MustBeClosedChecker") // the scope is closed when the call ends
  @Nullable Open start(Tracer tracer, AgentCall call) {
    TracedWork details = CallDetails.take();
    SpanBuilder builder = tracer.spanBuilder(name(details));
    begin(builder, call);
    describe(builder, details);
    AgentCall around = call.parent();
    if (around == null) {
      WorkSpans.link(builder, CallLinks.take());
    } else {
      nest(builder, around);
    }
    Span span = builder.startSpan();
    if (isNotExported(span)) {
      return null;
    }
    if (call.asynchronous()) {
      call.carry(HostSpan.capture(Context.current().with(span)));
      return new Open(span, null);
    }
    return new Open(span, span.makeCurrent());
  }

  private String name(@Nullable TracedWork details) {
    return details == null || details.name().isEmpty() ? name : details.name();
  }

  private void describe(SpanBuilder builder, @Nullable TracedWork details) {
    if (details != null) {
      WorkAttributes.withoutContent(conventions)
          .write(details.attributes(), (key, value) -> WorkSpans.set(builder, key, value));
      WorkSpans.link(builder, details.linked());
    }
  }

  /**
   * Starts a span inside of a call's span if this thread, of a pool or of an HTTP client, does not
   * have the call's trace.
   */
  static void nest(SpanBuilder builder, AgentCall call) {
    Span owner = owner(call);
    if (owner != null && isStray(owner)) {
      builder.setParent(Context.current().with(owner));
    }
  }

  /** Returns the span of the innermost call that has one. */
  static @Nullable Span owner(AgentCall innermost) {
    for (AgentCall call = innermost; call != null; call = call.parent()) {
      Open open = call.slot(Open.class);
      if (open != null) {
        return open.span();
      }
    }
    return null;
  }

  private static boolean isStray(Span owner) {
    String trace = owner.getSpanContext().getTraceId();
    return !Span.current().getSpanContext().getTraceId().equals(trace);
  }

  /**
   * Returns whether a span is not exported; a span of another agent has to translate its identity.
   */
  static boolean isNotExported(Span span) {
    return !span.isRecording() && !span.getSpanContext().isValid();
  }

  /** Ends a call without a span. */
  void endWithoutSpan(AgentCall call) {
    if (content != null) {
      content.write(null, call);
    }
  }

  void end(Open open, AgentCall call) {
    Span span = open.span();
    models(span, call);
    if (spec.kind().isModel()) {
      request(open, call);
    }
    response(span, call.facts());
    span.setAttribute(GenAi.ATTEMPTS, (long) call.attempts());
    positive(span, GenAi.HTTP_ATTEMPTS, call.facts().httpAttempts());
    set(span, GenAi.CACHE, call.cacheResult());
    if (content != null) {
      content.write(span, call);
    }
    Throwable failure = call.failure();
    if (failure != null && !call.cancelled()) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(GenAi.ERROR_TYPE, ErrorType.of(failure));
    }
    Scope scope = open.scope();
    if (scope != null) {
      scope.close();
    }
    span.end();
  }

  private void models(Span span, AgentCall call) {
    String requested = call.requestModel();
    String answered = call.facts().responseModel();
    words.provider(span, call.provider());
    set(span, GenAi.REQUEST_MODEL, requested);
    set(span, GenAi.RESPONSE_MODEL, answered);
    String name = answered == null ? requested : answered;
    if (name != null && spec.kind().isModel()) {
      span.updateName(spec.kind().operationName() + " " + name);
    }
    if (answered != null) {
      tokens(span, call.facts());
    }
  }

  private void request(Open open, AgentCall call) {
    for (Object argument : call.arguments()) {
      RequestParameters.write(open.span(), argument, conventions);
    }
    if (call.facts().timeToFirstChunkNanos().isPresent()) {
      open.span().setAttribute(GenAi.STREAM, true);
    }
    Server server = open.server;
    if (server != null) {
      open.span().setAttribute(Http.SERVER_ADDRESS, server.host());
      positive(open.span(), Http.SERVER_PORT, server.port());
    }
  }

  /** Remembers the server of a model's request, for the span of the model's call. */
  static void sentTo(AgentCall call, String host, int port) {
    Open open = host.isEmpty() ? null : call.slot(Open.class);
    if (open != null) {
      open.server = new Server(host, port);
    }
  }

  private static void response(Span span, CallFacts facts) {
    set(span, GenAi.RESPONSE_ID, facts.responseId());
    String finish = facts.finishReason();
    if (finish != null) {
      span.setAttribute(GenAi.FINISH_REASONS, List.of(finish));
    }
    List<String> tools = facts.toolCalls();
    if (!tools.isEmpty()) {
      span.setAttribute(GenAi.TOOL_CALLS, tools);
    }
    OptionalLong first = facts.timeToFirstChunkNanos();
    if (first.isPresent()) {
      span.setAttribute(GenAi.TIME_TO_FIRST_CHUNK, first.getAsLong() / 1e9);
    }
  }

  private void tokens(Span span, CallFacts facts) {
    Usage usage = facts.usage();
    for (TokenKind kind : KINDS) {
      words.tokens(span, kind, usage.get(kind));
    }
    if (facts.costKnown() || facts.costNanoUsd() > 0) {
      span.setAttribute(GenAi.COST_USD, facts.costUsd().doubleValue());
    }
    if (!facts.costKnown()) {
      span.setAttribute(GenAi.COST_PARTIAL, true);
    }
  }

  private static void positive(Span span, AttributeKey<Long> key, long value) {
    if (value > 0) {
      span.setAttribute(key, value);
    }
  }

  private static void set(Span span, AttributeKey<String> key, @Nullable String value) {
    if (value != null) {
      span.setAttribute(key, value);
    }
  }
}

package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.CallKind;
import io.gild.core.MethodSpec;
import io.gild.core.Usage;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the spans of one method, in the words of the GenAI conventions. */
final class CallSpans {

  /** A span under way and, if its call stays on its thread, what takes it off that again. */
  record Open(Span span, @Nullable Scope scope) {}

  private final MethodSpec spec;
  private final String name;
  private final int sessionIndex;

  CallSpans(MethodSpec spec) {
    this.spec = spec;
    this.sessionIndex = spec.indexOf(MethodSpec.Role.SESSION);
    this.name =
        spec.kind().operationName()
            + " "
            + (spec.kind() == CallKind.AGENT ? spec.agent() : spec.methodName());
  }

  /** Starts a span; returns null if it would be made for nobody. */
  @SuppressWarnings("MustBeClosedChecker") // the scope is closed when the call ends
  @Nullable Open start(Tracer tracer, AgentCall call) {
    SpanBuilder builder =
        tracer
            .spanBuilder(name)
            .setSpanKind(spec.kind().isModel() ? SpanKind.CLIENT : SpanKind.INTERNAL)
            .setAttribute(GenAi.OPERATION_NAME, spec.kind().operationName())
            .setAttribute(GenAi.AGENT_NAME, spec.agent());
    if (!spec.version().isEmpty()) {
      builder.setAttribute(GenAi.AGENT_VERSION, spec.version());
    }
    if (spec.kind() == CallKind.TOOL) {
      builder.setAttribute(GenAi.TOOL_NAME, spec.methodName());
    }
    if (sessionIndex >= 0 && call.argument(sessionIndex) != null) {
      builder.setAttribute(GenAi.CONVERSATION_ID, String.valueOf(call.argument(sessionIndex)));
    }
    Span span = builder.startSpan();
    if (!span.getSpanContext().isValid()) {
      return null;
    }
    if (call.asynchronous()) {
      Context context = Context.current().with(span);
      call.carry(() -> context.makeCurrent()::close);
      return new Open(span, null);
    }
    return new Open(span, span.makeCurrent());
  }

  void end(Open open, AgentCall call) {
    Span span = open.span();
    String requested = call.routedModel();
    String answered = call.responseModel();
    if (requested != null) {
      span.setAttribute(GenAi.REQUEST_MODEL, requested);
    }
    if (answered != null) {
      span.setAttribute(GenAi.RESPONSE_MODEL, answered);
      if (spec.kind().isModel()) {
        span.updateName(spec.kind().operationName() + " " + answered);
      }
      tokens(span, call);
    }
    String finish = call.finishReason();
    if (finish != null) {
      span.setAttribute(GenAi.FINISH_REASONS, List.of(finish));
    }
    span.setAttribute(GenAi.ATTEMPTS, (long) call.attempts());
    Throwable failure = call.failure();
    if (failure != null) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(GenAi.ERROR_TYPE, failure.getClass().getName());
    }
    Scope scope = open.scope();
    if (scope != null) {
      scope.close();
    }
    span.end();
  }

  private static void tokens(Span span, AgentCall call) {
    Usage usage = call.usage();
    span.setAttribute(GenAi.INPUT_TOKENS, usage.inputTokens());
    span.setAttribute(GenAi.OUTPUT_TOKENS, usage.outputTokens());
    if (usage.cachedInputTokens() > 0) {
      span.setAttribute(GenAi.CACHED_INPUT_TOKENS, usage.cachedInputTokens());
    }
    if (call.costKnown()) {
      span.setAttribute(GenAi.COST_USD, call.costUsd().doubleValue());
    }
    if (call.httpAttempts() > 0) {
      span.setAttribute(GenAi.HTTP_ATTEMPTS, (long) call.httpAttempts());
    }
  }
}

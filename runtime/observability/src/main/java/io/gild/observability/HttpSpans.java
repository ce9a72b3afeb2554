package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.HttpAttempt;
import io.gild.core.spi.CallListener;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes a span of each physical request, in the words of the HTTP conventions. */
final class HttpSpans implements CallListener {

  private final Tracers tracers;

  HttpSpans(Tracers tracers) {
    this.tracers = tracers;
  }

  @Override
  public @Nullable Consumer<HttpAttempt> onHttpAttempt(HttpAttempt attempt) {
    if (!observed(attempt)) {
      return null;
    }
    Tracer tracer = tracers.tracer(attempt.call().method().runtime().clock().nanoTime());
    if (tracer == null) {
      return null;
    }
    Span span = start(tracer, attempt);
    return CallSpans.isForNobody(span) ? null : ended -> end(span, ended);
  }

  private static boolean observed(HttpAttempt attempt) {
    var policy = attempt.call().method().policies().observe();
    return policy != null && policy.spans();
  }

  private static Span start(Tracer tracer, HttpAttempt attempt) {
    String method = attempt.method();
    SpanBuilder builder =
        tracer.spanBuilder(method == null ? "HTTP" : method).setSpanKind(SpanKind.CLIENT);
    if (method != null) {
      builder.setAttribute(Http.REQUEST_METHOD, method);
    }
    if (!attempt.host().isEmpty()) {
      builder.setAttribute(Http.SERVER_ADDRESS, attempt.host());
    }
    if (attempt.port() > 0) {
      builder.setAttribute(Http.SERVER_PORT, (long) attempt.port());
    }
    if (attempt.resendCount() > 0) {
      builder.setAttribute(Http.RESEND_COUNT, (long) attempt.resendCount());
    }
    Span owner = owner(attempt.call());
    if (owner != null && isStray(owner)) {
      builder.setParent(Context.current().with(owner));
    }
    return builder.startSpan();
  }

  /** Returns the span of the innermost call that has one. */
  private static @Nullable Span owner(AgentCall innermost) {
    for (AgentCall call = innermost; call != null; call = call.parent()) {
      CallSpans.Open open = call.slot(CallSpans.Open.class);
      if (open != null) {
        return open.span();
      }
    }
    return null;
  }

  /** Tells whether this thread, one of the HTTP client's own, knows nothing of the call's trace. */
  private static boolean isStray(Span owner) {
    String trace = owner.getSpanContext().getTraceId();
    return !Span.current().getSpanContext().getTraceId().equals(trace);
  }

  private static void end(Span span, HttpAttempt attempt) {
    Throwable failure = attempt.failure();
    if (attempt.status() > 0) {
      span.setAttribute(Http.STATUS_CODE, (long) attempt.status());
    }
    if (failure != null || attempt.status() >= 400) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(
          GenAi.ERROR_TYPE,
          failure == null ? String.valueOf(attempt.status()) : failure.getClass().getName());
    }
    span.end();
  }
}

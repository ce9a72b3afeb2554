package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.HttpAttempt;
import io.gild.core.RuntimeScope;
import io.gild.core.spi.CallListener;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes a span of each physical request, with the names of the HTTP conventions. */
final class HttpSpans implements CallListener {

  private static final int FIRST_ERROR = 400;

  @Override
  public @Nullable Consumer<HttpAttempt> onHttpAttempt(HttpAttempt attempt) {
    AgentCall call = attempt.call();
    if (call == null || !observed(call)) {
      return null;
    }
    CallSpans.sentTo(call, attempt.host(), attempt.port());
    RuntimeScope runtime = call.method().runtime();
    Tracer tracer =
        runtime
            .shared(Telemetry.class, Telemetry::start)
            .tracers(call.method().application())
            .tracer(runtime.clock().nanoTime());
    if (tracer == null) {
      return null;
    }
    LateTrace late = CallSpans.lateTrace(call);
    if (late != null) {
      long began = late.tracer().nanoTime();
      return late.keepsErrors() ? ended -> endLate(late, began, ended, call) : null;
    }
    Span span = start(tracer, attempt, call);
    return CallSpans.isNotExported(span) ? null : ended -> end(span, ended);
  }

  /** Returns whether a call has spans. */
  static boolean observed(AgentCall call) {
    var policy = call.method().policies().get(ObservePolicy.class);
    return policy != null && policy.spans();
  }

  /** Keeps a failed request of a call whose trace is not recorded. */
  private static void endLate(LateTrace late, long began, HttpAttempt attempt, AgentCall call) {
    if (!hasFailed(attempt)) {
      return;
    }
    OwnSpanBuilder builder = late.tracer().spanBuilder(name(attempt));
    begin(builder, attempt);
    builder.setAttribute(GenAi.KEPT, "error");
    SpanContext around = late.identity(call);
    end(builder.startLate(late.tracer().identityBelow(around), around, began), attempt);
  }

  private static boolean hasFailed(HttpAttempt attempt) {
    return attempt.failure() != null || attempt.status() >= FIRST_ERROR;
  }

  private static String name(HttpAttempt attempt) {
    String method = attempt.method();
    return method == null ? "HTTP" : method;
  }

  private static Span start(Tracer tracer, HttpAttempt attempt, AgentCall call) {
    SpanBuilder builder = tracer.spanBuilder(name(attempt));
    begin(builder, attempt);
    CallSpans.nest(builder, call);
    return builder.startSpan();
  }

  private static void begin(SpanBuilder builder, HttpAttempt attempt) {
    builder.setSpanKind(SpanKind.CLIENT);
    String method = attempt.method();
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
    if (attempt.abandoned()) {
      builder.setAttribute(GenAi.ABANDONED, true);
    }
  }

  private static void end(Span span, HttpAttempt attempt) {
    Throwable failure = attempt.failure();
    if (attempt.status() > 0) {
      span.setAttribute(Http.STATUS_CODE, (long) attempt.status());
    }
    if (hasFailed(attempt)) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(
          GenAi.ERROR_TYPE,
          failure == null ? String.valueOf(attempt.status()) : ErrorType.of(failure));
    }
    span.end();
  }
}

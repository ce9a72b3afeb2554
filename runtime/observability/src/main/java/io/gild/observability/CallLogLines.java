package io.gild.observability;

import io.gild.config.TokenKind;
import io.gild.core.AgentCall;
import io.gild.core.CallFacts;
import io.gild.core.CallRefused;
import io.gild.core.MethodSpec;
import io.gild.core.spi.Clock;
import io.gild.core.spi.DecisionEvent;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the lines of the call log; none holds a prompt or an answer. */
final class CallLogLines {

  private static final TokenKind[] KINDS = TokenKind.values();

  private CallLogLines() {}

  /** Returns the line of a call that is over. */
  static Map<String, Object> of(AgentCall call) {
    MethodSpec spec = call.method().spec();
    Throwable failure = call.failure();
    Map<String, Object> line =
        begin(call.method().runtime().clock(), spec.kind().operationName(), spec, call);
    if (MethodVersions.isShadow(call)) {
      line.put("shadow", true);
    }
    line.put("outcome", call.cancelled() ? "cancelled" : outcome(failure));
    if (failure != null) {
      LogContext.put(line, "error", ErrorType.of(failure));
    }
    line.put("millis", (call.attemptEndNanos() - call.startNanos()) / 1_000_000.0);
    line.put("attempts", call.attempts());
    if (call.cacheResult() != null) {
      line.put("cache", call.cacheResult());
    }
    model(line, call);
    return line;
  }

  /** Returns the line of a decision, which may be about no single call. */
  static Map<String, Object> of(Clock clock, DecisionEvent decision, @Nullable AgentCall call) {
    Map<String, Object> line = begin(clock, decision.code(), decision.method(), call);
    decision
        .facts()
        .forEach((key, value) -> {
          if (value instanceof Number || value instanceof Boolean) {
            line.putIfAbsent(key, value);
          } else if (!line.containsKey(key)) {
            LogContext.put(line, key, value.toString());
          }
        });
    return line;
  }

  private static Map<String, Object> begin(
      Clock clock, String event, MethodSpec spec, @Nullable AgentCall call) {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("time", clock.now().toString());
    line.put("event", event);
    if (call != null) {
      ids(line, call);
    }
    LogContext.put(line, "agent", spec.agent());
    LogContext.put(line, "method", spec.methodName());
    LogContext.put(line, "version", spec.version());
    if (call != null) {
      LogContext.addOnRequest(
          line,
          "session",
          "tenant",
          call,
          call.method().runtime().settings().get(LogContextSettings.SECTION));
    }
    return line;
  }

  /** Adds the ids by which a line is found from a trace, from the console, or from another line. */
  private static void ids(Map<String, Object> line, AgentCall call) {
    CallSpans.Open open = call.slot(CallSpans.Open.class);
    if (open != null && open.span().getSpanContext().isValid()) {
      line.put("trace", open.span().getSpanContext().getTraceId());
      line.put("span", open.span().getSpanContext().getSpanId());
    }
    line.put("call", call.number());
    AgentCall parent = call.parent();
    if (parent != null) {
      line.put("parent", parent.number());
      line.put("root", call.outermost().number());
    }
  }

  private static void model(Map<String, Object> line, AgentCall call) {
    CallFacts facts = call.facts();
    if (facts.responseModel() == null) {
      return;
    }
    LogContext.put(line, "model", facts.responseModel());
    if (call.provider() != null) {
      LogContext.put(line, "provider", call.provider());
    }
    for (TokenKind kind : KINDS) {
      if (kind.whole() == null || facts.usage().get(kind) > 0) {
        line.put(kind.field(), facts.usage().get(kind));
      }
    }
    line.put("costUsd", facts.costUsd());
    if (!facts.costKnown()) {
      line.put("unpriced", true);
    }
  }

  private static String outcome(@Nullable Throwable failure) {
    if (failure == null) {
      return "success";
    }
    return failure instanceof CallRefused ? "refused" : "failure";
  }
}

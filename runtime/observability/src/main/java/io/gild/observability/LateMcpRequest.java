package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.McpExchange;
import io.gild.core.spi.McpTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A request of MCP inside of a call whose trace is not recorded: it gets its span if it fails, and
 * so do the calls around it.
 */
final class LateMcpRequest implements McpTracer.Traced {

  private final LateTrace trace;
  private final AgentCall call;
  private final McpExchange exchange;
  private final long began;
  private final AtomicBoolean over = new AtomicBoolean();

  LateMcpRequest(LateTrace trace, AgentCall call, McpExchange exchange) {
    this.trace = trace;
    this.call = call;
    this.exchange = exchange;
    this.began = trace.tracer().nanoTime();
  }

  /** The server must not continue a trace that may never be sent. */
  @Override
  public void inject(BiConsumer<String, String> meta) {}

  @Override
  public Runnable enter() {
    return () -> {};
  }

  @Override
  public void failed(Throwable failure) {
    ended(ErrorType.of(failure));
  }

  @Override
  public void ended(@Nullable String errorType) {
    if (!over.compareAndSet(false, true) || errorType == null) {
      return;
    }
    SpanContext around = trace.identity(call);
    if (exchange.isToolOfCall()) {
      describeTool(errorType);
      return;
    }
    OwnSpanBuilder builder = trace.tracer().spanBuilder(McpSpans.name(exchange));
    builder.setSpanKind(exchange.served() ? SpanKind.SERVER : SpanKind.CLIENT);
    McpSpans.attributes(exchange).forEach(builder::setAttribute);
    builder.setAttribute(GenAi.KEPT, "error");
    builder.setAttribute(GenAi.ERROR_TYPE, errorType);
    OwnSpan span = builder.startLate(trace.tracer().identityBelow(around), around, began);
    McpSpans.port(exchange, span);
    span.setStatus(StatusCode.ERROR);
    span.end();
  }

  /** The span of the tool's call, which is kept now, has the attributes. */
  private void describeTool(String errorType) {
    Map<String, Object> attributes = new HashMap<>();
    for (Map.Entry<AttributeKey<String>, String> each : McpSpans.attributes(exchange).entrySet()) {
      attributes.put(each.getKey().getKey(), each.getValue());
    }
    attributes.put(GenAi.ERROR_TYPE.getKey(), errorType);
    trace.add(call, attributes);
  }
}

package io.gild.observability;

import io.gild.core.AgentCall;
import io.gild.core.McpExchange;
import io.gild.core.RuntimeScope;
import io.gild.core.TraceHeaders;
import io.gild.core.spi.McpTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a span of each request of the Model Context Protocol, except where the span of a tool's
 * call already traces it: that span gets the attributes.
 */
final class McpSpans implements McpTracer {

  private static final String TOOLS = "tools/";
  private static final String PROMPTS = "prompts/";
  private static final String RESOURCES = "resources/";

  private final RuntimeScope runtime;

  McpSpans(RuntimeScope runtime) {
    this.runtime = runtime;
  }

  @Override
  public @Nullable Traced begin(McpExchange exchange) {
    AgentCall call = exchange.call();
    if (call != null && !HttpSpans.observed(call)) {
      return null;
    }
    LateTrace late = call == null ? null : CallSpans.lateTrace(call);
    if (call != null && late != null) {
      return late.keepsErrors() ? new LateMcpRequest(late, call, exchange) : null;
    }
    boolean propagates = runtime.settings().get(McpSettings.SECTION).mcpPropagation();
    Span ofTool = call != null && exchange.isToolOfCall() ? CallSpans.owner(call) : null;
    if (ofTool != null) {
      attributes(exchange).forEach(ofTool::setAttribute);
      port(exchange, ofTool);
      return new Open(ofTool, propagates, true);
    }
    Tracer tracer =
        runtime
            .shared(Telemetry.class, Telemetry::start)
            .tracers(exchange.application())
            .tracer(runtime.clock().nanoTime());
    if (tracer == null) {
      return null;
    }
    Runnable leave =
        exchange.served() && propagates
            ? TraceHeaders.incoming(runtime, exchange.meta())
            : () -> {};
    try {
      Span span = start(tracer, exchange);
      return span == null ? null : new Open(span, propagates, false);
    } finally {
      leave.run();
    }
  }

  private @Nullable Span start(Tracer tracer, McpExchange exchange) {
    AgentCall call = exchange.call();
    if (WorkSpans.isNotSampled(runtime, call, tracer)) {
      return null;
    }
    SpanBuilder builder = tracer.spanBuilder(name(exchange));
    builder.setSpanKind(exchange.served() ? SpanKind.SERVER : SpanKind.CLIENT);
    attributes(exchange).forEach(builder::setAttribute);
    if (call != null) {
      CallSpans.nest(builder, call);
    }
    Span span = builder.startSpan();
    if (CallSpans.isNotExported(span)) {
      return null;
    }
    port(exchange, span);
    return span;
  }

  /** A URI would give each resource a name of its own. */
  static String name(McpExchange exchange) {
    boolean named = !exchange.target().isEmpty() && !exchange.method().startsWith(RESOURCES);
    return named ? exchange.method() + " " + exchange.target() : exchange.method();
  }

  static Map<AttributeKey<String>, String> attributes(McpExchange exchange) {
    Map<AttributeKey<String>, String> attributes = new LinkedHashMap<>();
    attributes.put(Mcp.METHOD, exchange.method());
    String target = exchange.target();
    if (exchange.method().equals(McpExchange.CALL_TOOL)) {
      attributes.put(GenAi.OPERATION_NAME, "execute_tool");
    }
    if (!target.isEmpty()) {
      if (exchange.method().startsWith(TOOLS)) {
        attributes.put(GenAi.TOOL_NAME, target);
      } else if (exchange.method().startsWith(PROMPTS)) {
        attributes.put(Mcp.PROMPT, target);
      } else if (exchange.method().startsWith(RESOURCES)) {
        attributes.put(Mcp.RESOURCE, withoutQuery(target));
      }
    }
    put(attributes, Mcp.SESSION, exchange.peer().session());
    put(attributes, Mcp.REQUEST_ID, exchange.peer().request());
    put(attributes, Mcp.TRANSPORT, exchange.peer().transport());
    put(attributes, Http.SERVER_ADDRESS, exchange.peer().host());
    return attributes;
  }

  /** A query may contain a key. */
  private static String withoutQuery(String uri) {
    int end = uri.indexOf('?');
    return end < 0 ? uri : uri.substring(0, end);
  }

  private static void put(
      Map<AttributeKey<String>, String> attributes,
      AttributeKey<String> key,
      @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      attributes.put(key, value);
    }
  }

  static void port(McpExchange exchange, Span span) {
    if (exchange.peer().port() > 0) {
      span.setAttribute(Http.SERVER_PORT, (long) exchange.peer().port());
    }
  }

  /** The span of a request, or of the tool's call that makes the request. */
  private static final class Open extends OpenWork implements Traced {

    private final boolean propagates;

    Open(Span span, boolean propagates, boolean ofTool) {
      super(span, !ofTool);
      this.propagates = propagates;
    }

    @Override
    public void inject(BiConsumer<String, String> meta) {
      if (propagates) {
        OpenTelemetryCarrier.inject(Context.current().with(span), meta);
      }
    }

    @Override
    public void failed(Throwable failure) {
      ended(ErrorType.of(failure));
    }
  }
}

package io.gild.core;

import io.gild.config.Experimental;
import io.gild.core.spi.McpTracer;
import org.jspecify.annotations.Nullable;

/**
 * Passes requests of the Model Context Protocol to the module that traces them; the requests are no
 * governed calls of their own. Thread-safe.
 */
@Experimental
public final class McpExchanges {

  private volatile @Nullable McpTracer tracer;

  private McpExchanges() {}

  /**
   * Returns the exchanges of a runtime.
   *
   * @param runtime the runtime
   */
  public static McpExchanges of(RuntimeScope runtime) {
    return runtime.shared(McpExchanges.class, made -> new McpExchanges());
  }

  /**
   * Sets what traces the requests from now on.
   *
   * @param given the tracer; replaces the previous one
   */
  public void traceWith(McpTracer given) {
    tracer = given;
  }

  /**
   * Begins to trace a request. A failure of the tracer is logged once and changes no request.
   *
   * @param exchange the request
   * @return receives its end; {@code null} if it is not traced
   */
  public McpTracer.@Nullable Traced begin(McpExchange exchange) {
    McpTracer known = tracer;
    try {
      return known == null ? null : known.begin(exchange);
    } catch (Throwable fault) {
      GildLog.faultOnce("Tracing a request of MCP", fault);
      return null;
    }
  }
}

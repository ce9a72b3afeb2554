package io.gild.libraries;

import io.gild.core.McpExchange;
import io.gild.core.spi.McpTracer;
import io.gild.weaver.Foreign;
import io.gild.weaver.OwnMethod;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The accessor of a handler of a server of the MCP SDK, which the server calls for each request:
 * the handler runs within the trace of the client.
 */
final class McpServerJoinPoint implements JoinPoint {

  /** The SDK's own handlers, which call those of the application on another thread. */
  private static final String OWN = "io.modelcontextprotocol.server.Mcp";

  private static final String MONO = "reactor.core.publisher.Mono";

  private final McpRequests requests;
  private final String method;

  /**
   * Creates the join point.
   *
   * @param requests traces the requests
   * @param method the protocol's method that the handler serves
   */
  McpServerJoinPoint(McpRequests requests, String method) {
    this.requests = requests;
    this.method = method;
  }

  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle)
      throws Throwable {
    if (self == null || handle == null || OwnMethod.passes(this)) {
      return null;
    }
    Object handler = new OwnMethod(this, self, handle).run(arguments);
    return WovenCall.Settled.returning(
        handler instanceof BiFunction<?, ?, ?> function
                && !handler.getClass().getName().startsWith(OWN)
            ? traced(function)
            : handler);
  }

  @SuppressWarnings("unchecked") // the SDK gives each handler what it expects
  private BiFunction<Object, Object, Object> traced(BiFunction<?, ?, ?> handler) {
    BiFunction<Object, Object, Object> own = (BiFunction<Object, Object, Object>) handler;
    return (exchange, request) -> {
      McpTracer.Traced traced = begin(exchange, request);
      return traced == null ? own.apply(exchange, request) : run(own, exchange, request, traced);
    };
  }

  private McpTracer.@Nullable Traced begin(Object exchange, Object request) {
    Object meta = Foreign.read(request, "meta");
    Map<?, ?> given = meta instanceof Map<?, ?> map ? map : Map.of();
    Object session = Foreign.read(exchange, "sessionId");
    McpExchange.Peer peer =
        new McpExchange.Peer(session == null ? null : session.toString(), null, null, null, 0);
    return requests.served(
        request,
        method,
        McpRequests.target(request),
        name -> given.get(name) instanceof String text ? text : null,
        peer);
  }

  private static Object run(
      BiFunction<Object, Object, Object> handler,
      Object exchange,
      Object request,
      McpTracer.Traced traced) {
    Runnable leave = traced.enter();
    try {
      Object result = handler.apply(exchange, request);
      if (Foreign.is(result, MONO)) {
        return watched(result, traced);
      }
      traced.ended(McpRequests.error(result));
      return result;
    } catch (RuntimeException | Error failure) {
      McpRequests.failed(traced, failure);
      throw failure;
    } finally {
      leave.run();
    }
  }

  private static Object watched(Object mono, McpTracer.Traced traced) {
    try {
      return McpRequests.ending(mono, traced);
    } catch (Throwable misfit) {
      traced.failed(misfit);
      return mono;
    }
  }
}

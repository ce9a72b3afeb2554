package io.gild.libraries;

import io.gild.core.AgentCall;
import io.gild.core.Application;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.McpExchange;
import io.gild.core.McpExchanges;
import io.gild.core.spi.McpTracer;
import io.gild.weaver.Foreign;
import io.gild.weaver.LazyRuntime;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Begins and ends the traces of requests of the Model Context Protocol. Thread-safe. */
final class McpRequests {

  private static final String CANCELLED = "cancelled";

  /** The conventions' word for a tool that ran and failed. */
  private static final String TOOL_ERROR = "tool_error";

  private final LazyRuntime runtime;

  McpRequests(LazyRuntime runtime) {
    this.runtime = runtime;
  }

  /**
   * Begins to trace a request that this JVM sends.
   *
   * @param call the call around it
   * @param client an object of the client's library
   */
  McpTracer.@Nullable Traced sent(
      @Nullable AgentCall call,
      Object client,
      String method,
      String target,
      McpExchange.Peer peer) {
    return begin(call, client, false, method, target, name -> null, peer);
  }

  /**
   * Begins to trace a request that this JVM handles.
   *
   * @param server an object of the server's library
   * @param meta what the client wrote beside its parameters
   */
  McpTracer.@Nullable Traced served(
      Object server,
      String method,
      String target,
      Function<String, @Nullable String> meta,
      McpExchange.Peer peer) {
    return begin(AgentCall.current(), server, true, method, target, meta, peer);
  }

  private McpTracer.@Nullable Traced begin(
      @Nullable AgentCall call,
      Object library,
      boolean served,
      String method,
      String target,
      Function<String, @Nullable String> meta,
      McpExchange.Peer peer) {
    GildRuntime known = runtime.get();
    if (known == null) {
      return null;
    }
    AgentCall own = call != null && call.method().runtime() == known ? call : null;
    Application application =
        own == null ? known.application(library.getClass()) : own.method().application();
    return McpExchanges.of(known)
        .begin(new McpExchange(application, own, served, method, target, meta, peer));
  }

  /** Returns the name or the URI in the parameters of a request; empty for none. */
  static String target(@Nullable Object parameters) {
    for (String getter : new String[] {"name", "getName", "uri", "getUri"}) {
      if (Foreign.read(parameters, getter) instanceof String text) {
        return text;
      }
    }
    return "";
  }

  /** Returns what a client wrote, with the trace; what is there already stays. */
  static Map<String, Object> withTrace(@Nullable Object meta, McpTracer.Traced traced) {
    Map<String, Object> all = new LinkedHashMap<>();
    if (meta instanceof Map<?, ?> given) {
      given.forEach((key, value) -> all.put(String.valueOf(key), value));
    }
    traced.inject(all::putIfAbsent);
    return all;
  }

  /** Returns a record with another component {@code meta}; the same if it has none. */
  static Object withMeta(Object request, McpTracer.Traced traced) {
    RecordComponent[] components = request.getClass().getRecordComponents();
    if (components == null) {
      return request;
    }
    try {
      Object[] values = new Object[components.length];
      boolean has = false;
      for (int i = 0; i < values.length; i++) {
        values[i] = components[i].getAccessor().invoke(request);
        if (components[i].getName().equals("meta") && components[i].getType() == Map.class) {
          Map<String, Object> meta = withTrace(values[i], traced);
          has = !meta.isEmpty();
          values[i] = meta;
        }
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class[]::new);
      Constructor<?> constructor = request.getClass().getDeclaredConstructor(types);
      return has ? constructor.newInstance(values) : request;
    } catch (ReflectiveOperationException | RuntimeException closed) {
      GildLog.faultOnce("Writing the trace into a request of MCP", closed);
      return request;
    }
  }

  /** Returns what is wrong with the result of a tool; null if nothing is. */
  static @Nullable String error(@Nullable Object result) {
    return Boolean.TRUE.equals(Foreign.read(result, "isError")) ? TOOL_ERROR : null;
  }

  /** Ends a trace with a failure, by its code if it is one of the protocol. */
  static void failed(McpTracer.Traced traced, Throwable failure) {
    Object code = Foreign.read(failure, "getJsonRpcError", "code");
    if (code instanceof Number number) {
      traced.ended(String.valueOf(number.longValue()));
    } else {
      traced.failed(failure);
    }
  }

  /** Returns a {@code Mono} of Reactor that ends the trace when it is over. */
  static Object ending(Object mono, McpTracer.Traced traced) throws Throwable {
    Consumer<@Nullable Object> success = result -> traced.ended(error(result));
    Consumer<Throwable> failure = thrown -> failed(traced, thrown);
    Runnable cancelled = () -> traced.ended(CANCELLED);
    Object watched = Foreign.call(mono, "doOnSuccess", success);
    watched = Foreign.call(watched, "doOnError", failure);
    return Foreign.call(watched, "doOnCancel", cancelled);
  }
}

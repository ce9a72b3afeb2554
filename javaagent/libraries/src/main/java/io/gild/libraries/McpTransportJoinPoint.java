package io.gild.libraries;

import io.gild.core.AgentCall;
import io.gild.core.GildLog;
import io.gild.core.spi.McpTracer;
import io.gild.weaver.Foreign;
import io.gild.weaver.PrivateFields;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A request of an MCP client of LangChain4j, as its transport sends it. */
final class McpTransportJoinPoint implements JoinPoint {

  private static final String PARAMETERS = "dev.langchain4j.mcp.protocol.McpClientParams";

  private final McpRequests requests;

  McpTransportJoinPoint(McpRequests requests) {
    this.requests = requests;
  }

  @Override
  public boolean wantsHandle() {
    return false;
  }

  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle)
      throws Throwable {
    Object given = arguments[0];
    Object held = Foreign.read(given, "message");
    Object message = held == null ? given : held;
    Object method = message == null ? null : PrivateFields.of(message, "method");
    if (self == null || message == null || method == null) {
      return null;
    }
    Object parameters = Foreign.read(message, "getParams");
    Object id = Foreign.read(message, "getId");
    McpTracer.Traced traced =
        requests.sent(
            AgentCall.current(),
            self,
            word(method),
            McpRequests.target(parameters),
            McpPeers.ofLangChain4j(self, id == null ? null : id.toString()));
    if (traced == null) {
      return null;
    }
    try {
      write(message, parameters, traced);
    } catch (Throwable fault) {
      GildLog.faultOnce("Writing the trace into a request of MCP", fault);
    }
    return new Sent(traced);
  }

  /**
   * {@code TOOLS_CALL} is {@code tools/call}, except for the notifications, which have no answer.
   */
  private static String word(Object method) {
    Object value = Foreign.read(method, "getValue");
    return value == null
        ? ((Enum<?>) method).name().toLowerCase(Locale.ROOT).replace('_', '/')
        : value.toString();
  }

  private static void write(Object message, @Nullable Object present, McpTracer.Traced traced)
      throws Throwable {
    Map<String, Object> meta = McpRequests.withTrace(Foreign.read(present, "getMeta"), traced);
    if (meta.isEmpty()) {
      return;
    }
    Object parameters = present;
    if (parameters == null) {
      parameters = Foreign.make(message, PARAMETERS, "new");
      Foreign.call(message, "setParams", parameters);
    }
    Foreign.call(parameters, "setMeta", meta);
  }

  /** A request whose answer is awaited. */
  private static final class Sent extends WovenCall.Watched {

    private final McpTracer.Traced traced;

    Sent(McpTracer.Traced traced) {
      this.traced = traced;
    }

    @Override
    public void over() {
      Throwable thrown = failure();
      if (thrown != null) {
        traced.failed(thrown);
      } else if (result() instanceof CompletableFuture<?> future) {
        future.whenComplete(this::answered);
      } else {
        traced.ended(null);
      }
    }

    private void answered(@Nullable Object answer, @Nullable Throwable failure) {
      if (failure == null) {
        traced.ended(error(answer));
      } else {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        traced.failed(cause == null ? failure : cause);
      }
    }

    private static @Nullable String error(@Nullable Object answer) {
      try {
        if (answer == null) {
          return null;
        }
        if (Boolean.TRUE.equals(Foreign.call(answer, "has", "error"))) {
          Object code = Foreign.call(Foreign.call(answer, "path", "error"), "path", "code");
          return Foreign.text(code, "asText");
        }
        Object failed = Foreign.call(Foreign.call(answer, "path", "result"), "path", "isError");
        return Boolean.TRUE.equals(Foreign.read(failed, "asBoolean")) ? "tool_error" : null;
      } catch (Throwable otherJson) {
        return null;
      }
    }
  }
}

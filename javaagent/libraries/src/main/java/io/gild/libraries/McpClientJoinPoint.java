package io.gild.libraries;

import io.gild.core.AgentCall;
import io.gild.core.CallReference;
import io.gild.core.spi.McpTracer;
import io.gild.weaver.Foreign;
import io.gild.weaver.OwnMethod;
import io.gild.weaver.spi.JoinPoint;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request of a client of the MCP SDK: it is sent when its {@code Mono} is subscribed to. */
final class McpClientJoinPoint implements JoinPoint {

  private static final String MONO = "reactor.core.publisher.Mono";

  private final McpRequests requests;

  McpClientJoinPoint(McpRequests requests) {
    this.requests = requests;
  }

  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle)
      throws Throwable {
    if (self == null || handle == null || OwnMethod.passes(this)) {
      return null;
    }
    AgentCall current = AgentCall.current();
    CallReference made = current == null ? null : current.reference();
    Supplier<Object> sending = () -> send(self, arguments, handle, CallReference.live(made));
    return WovenCall.Settled.returning(Foreign.make(self, MONO, "defer", sending));
  }

  private Object send(
      Object self, @Nullable Object[] arguments, MethodHandle handle, @Nullable AgentCall call) {
    OwnMethod own = new OwnMethod(this, self, handle);
    String method = String.valueOf(arguments[0]);
    Object parameters = arguments[1];
    McpTracer.Traced traced =
        requests.sent(call, self, method, McpRequests.target(parameters), McpPeers.ofSdk(self));
    try {
      if (traced == null) {
        return Objects.requireNonNull(own.run(arguments));
      }
      @Nullable Object[] sent = arguments.clone();
      sent[1] = parameters == null ? null : McpRequests.withMeta(parameters, traced);
      return McpRequests.ending(Objects.requireNonNull(own.run(sent)), traced);
    } catch (Throwable failure) {
      if (traced != null) {
        traced.failed(failure);
      }
      throw sneaky(failure);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
    throw (T) failure;
  }
}

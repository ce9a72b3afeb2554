package io.gild.libraries;

import io.gild.core.GildLog;
import io.gild.core.GovernedMethod;
import io.gild.weaver.Foreign;
import io.gild.weaver.spi.WovenCall;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * A request to Bedrock whose handler receives its events through a publisher, and whose end a
 * future reports.
 *
 * <p>The handler is not called before the governed call has begun: a failure until then leaves the
 * method unchanged.
 */
final class EventStreamJoinPoint extends RequestJoinPoint {

  private static final String PUBLISHER = "org.reactivestreams.Publisher";

  EventStreamJoinPoint(LibraryMethods methods, LibraryMethod kind, ModelDialect dialect) {
    super(methods, kind, dialect);
  }

  @Override
  @Nullable Object begin(
      GovernedMethod method,
      @Nullable Object self,
      @Nullable Object[] arguments,
      MethodHandle handle) {
    if (self == null) {
      return null;
    }
    Object handler = arguments[arguments.length - 1];
    if (handler == null) {
      return null;
    }
    WovenRequest request = request(self, arguments, handle);
    Class<?> handlers = handle.type().lastParameterType();
    EventRelay relay;
    Object events;
    try {
      Class<?> publisher = Foreign.type(self, PUBLISHER);
      relay = new EventRelay(self, publisher, handler);
      events =
          method.callStream(
              publisher,
              self,
              governed -> published(publisher, handlers, relay, request),
              ModelListener.of(request),
              false,
              request.governedArguments());
    } catch (Throwable fault) {
      GildLog.faultOnce("Streams of " + self.getClass().getName(), fault);
      return null;
    }
    return events == null ? null : WovenCall.Settled.returning(relay.follow(events));
  }

  /** Makes a publisher that sends one request per subscriber. */
  private static Object published(
      Class<?> publisher, Class<?> handlers, EventRelay relay, WovenRequest request) {
    return Proxy.newProxyInstance(
        publisher.getClassLoader(),
        new Class<?>[] {publisher},
        (proxy, method, arguments) ->
            method.getName().equals("subscribe")
                ? new EventHandler(handlers, relay, arguments[0]).ask(request)
                : EventHandler.ofObject(proxy, method, arguments));
  }
}

package io.gild.weaver;

import io.gild.core.GildLog;
import io.gild.core.GovernedMethod;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request to Bedrock whose events go to a handler, in a publisher that the handler is given, and
 * whose end is that of a future.
 *
 * <p>The handler has its publisher before the service has answered: what it subscribes to may be
 * asked for again.
 */
final class EventStreamJoinPoint implements JoinPoint {

  private static final String PUBLISHER = "org.reactivestreams.Publisher";
  private static final String SDK_PUBLISHER = "software.amazon.awssdk.core.async.SdkPublisher";

  private final LibraryMethods methods;
  private final LibraryMethod kind;
  private final ModelDialect dialect;

  EventStreamJoinPoint(LibraryMethods methods, LibraryMethod kind, ModelDialect dialect) {
    this.methods = methods;
    this.kind = kind;
    this.dialect = dialect;
  }

  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
    if (handle == null
        || self == null
        || arguments[0] == null
        || OwnMethod.passes(this)
        || ModelRequest.isInner()) {
      return null;
    }
    Object handler = arguments[arguments.length - 1];
    GovernedMethod method = methods.get(kind);
    if (handler == null || method == null) {
      return null;
    }
    ModelRequest request = new ModelRequest(dialect, this, self, arguments, handle);
    Class<?> handlers = handle.type().lastParameterType();
    try {
      Class<?> publisher = Foreign.type(self, PUBLISHER);
      Object events =
          method.callStream(
              publisher,
              self,
              governed -> published(publisher, handlers, handler, request),
              ModelListener.of(request),
              false,
              request.governedArguments());
      return WovenCall.Settled.returning(hand(self, publisher, handler, events));
    } catch (Throwable fault) {
      GildLog.faultOnce("Streams of " + self.getClass().getName(), fault);
      return null;
    }
  }

  /** Makes a publisher that sends a request for each subscriber. */
  private static Object published(
      Class<?> publisher, Class<?> handlers, Object handler, ModelRequest request) {
    return Proxy.newProxyInstance(
        publisher.getClassLoader(),
        new Class<?>[] {publisher},
        (proxy, method, arguments) ->
            method.getName().equals("subscribe")
                ? new EventHandler(handlers, handler, arguments[0]).ask(request)
                : EventHandler.ofObject(proxy, method, arguments));
  }

  /** Gives the handler its events; returns the future of their end. */
  private static CompletableFuture<@Nullable Void> hand(
      Object self, Class<?> publisher, Object handler, @Nullable Object events) throws Throwable {
    if (events == null) {
      throw new IllegalStateException("a publisher was expected, not null");
    }
    CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    Object watched =
        Proxy.newProxyInstance(
            publisher.getClassLoader(),
            new Class<?>[] {publisher},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("subscribe")) {
                return EventHandler.ofObject(proxy, method, arguments);
              }
              Foreign.call(
                  events, "subscribe", EventSubscriber.watching(arguments[0], handler, end));
              return null;
            });
    Foreign.call(handler, "onEventStream", Foreign.make(self, SDK_PUBLISHER, "adapt", watched));
    return end;
  }
}

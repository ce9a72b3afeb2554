package io.gild.libraries;

import io.gild.weaver.Foreign;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Receives the events of one attempt from the AWS SDK and passes them on to a subscriber. */
final class EventHandler implements InvocationHandler {

  private final Class<?> type;
  private final EventRelay relay;
  private final EventSubscriber subscriber;

  EventHandler(Class<?> type, EventRelay relay, Object subscriber) throws ClassNotFoundException {
    this.type = type;
    this.relay = relay;
    this.subscriber = new EventSubscriber(subscriber, failure -> {});
  }

  /** Sends the request; notifies the subscriber of every failure. */
  @Nullable Object ask(WovenRequest request) {
    try {
      Object own = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this);
      CompletableFuture<?> future = (CompletableFuture<?>) request.runWith(own);
      if (future == null) {
        throw new IllegalStateException("a future was expected, not null");
      }
      subscriber.cancels(future);
      future.whenComplete((nothing, failure) -> {
        if (failure != null) {
          subscriber.fail(
              failure instanceof CompletionException && failure.getCause() != null
                  ? failure.getCause()
                  : failure);
        }
      });
    } catch (Throwable failure) {
      subscriber.fail(failure);
    }
    return null;
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
    switch (method.getName()) {
      case "responseReceived" -> {
        if (first != null) {
          relay.responded(first);
        }
      }
      case "onEventStream" -> {
        if (first != null) {
          Foreign.call(first, "subscribe", subscriber.proxy());
        }
      }
      case "exceptionOccurred", "complete" -> {
        // The future reports failures, the publisher the end.
      }
      default -> {
        return ofObject(proxy, method, arguments);
      }
    }
    return null;
  }

  static @Nullable Object ofObject(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "equals" -> arguments != null && arguments[0] == proxy;
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "Gild's " + method.getDeclaringClass().getSimpleName();
    };
  }
}

package io.gild.libraries;

import io.gild.core.GildLog;
import io.gild.weaver.Foreign;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A subscriber of Reactive Streams in front of another one, which receives exactly one end, even if
 * the publisher does not report one.
 */
final class EventSubscriber implements InvocationHandler {

  private static final String REACTIVE_STREAMS = "org.reactivestreams.";

  private final Object target;
  private final Class<?> type;
  private final Class<?> subscriptions;

  /** Receives the end: null on success. */
  private final Consumer<@Nullable Throwable> listener;

  private volatile @Nullable CompletableFuture<?> future;
  private boolean begun;
  private boolean ended;

  EventSubscriber(Object target, Consumer<@Nullable Throwable> listener)
      throws ClassNotFoundException {
    this.target = target;
    this.listener = listener;
    Class<?> known = Foreign.supertype(target.getClass(), REACTIVE_STREAMS + "Subscriber");
    if (known == null) {
      throw new IllegalStateException("a subscriber was expected, not " + target);
    }
    this.type = known;
    this.subscriptions =
        Class.forName(REACTIVE_STREAMS + "Subscription", false, known.getClassLoader());
  }

  /** Makes a subscriber that notifies a handler and a future of the end. */
  static Object watching(Object target, Object handler, CompletableFuture<@Nullable Void> end)
      throws ClassNotFoundException {
    return new EventSubscriber(
            target,
            failure -> {
              try {
                if (failure == null) {
                  Foreign.call(handler, "complete");
                } else if (!(failure instanceof CancellationException)) {
                  Foreign.call(handler, "exceptionOccurred", failure);
                }
              } catch (Throwable fault) {
                GildLog.faultOnce("A stream's handler", fault);
              }
              if (failure == null) {
                end.complete(null);
              } else {
                end.completeExceptionally(failure);
              }
            })
        .proxy();
  }

  Object proxy() {
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this);
  }

  /** Makes the cancellation of a subscription end the request as well. */
  void cancels(CompletableFuture<?> request) {
    future = request;
  }

  /** Notifies the subscriber of a failure, unless it has received an end already. */
  void fail(Throwable failure) {
    try {
      boolean first;
      synchronized (this) {
        first = !begun;
        begun = true;
      }
      if (first) {
        tell("onSubscribe", subscriptions, subscription(null));
      }
      end("onError", failure);
    } catch (Throwable fault) {
      GildLog.faultOnce("A stream's subscriber", fault);
    }
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
    switch (method.getName()) {
      case "onSubscribe" -> begin(first);
      case "onNext" -> {
        if (!isEnded()) {
          tell("onNext", Object.class, first);
        }
      }
      case "onError" -> end("onError", (Throwable) first);
      case "onComplete" -> end("onComplete", null);
      default -> {
        return EventHandler.ofObject(proxy, method, arguments);
      }
    }
    return null;
  }

  /** A publisher that begins again would repeat events. */
  private void begin(@Nullable Object subscription) throws Throwable {
    boolean again;
    synchronized (this) {
      again = begun;
      begun = true;
    }
    if (!again) {
      tell("onSubscribe", subscriptions, subscription(subscription));
      return;
    }
    if (subscription != null) {
      Foreign.call(subscription, "cancel");
    }
    end("onError", new IllegalStateException("the stream broke off and began again"));
  }

  private synchronized boolean isEnded() {
    return ended;
  }

  private void end(String signal, @Nullable Throwable failure) throws Throwable {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
    }
    try {
      tell(signal, Throwable.class, failure);
    } finally {
      listener.accept(failure);
    }
  }

  private void tell(String signal, Class<?> parameter, @Nullable Object argument) throws Throwable {
    try {
      if (signal.equals("onComplete")) {
        type.getMethod(signal).invoke(target);
      } else {
        type.getMethod(signal, parameter).invoke(target, argument);
      }
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause() == null ? thrown : thrown.getCause();
    }
  }

  private Object subscription(@Nullable Object granted) {
    return Proxy.newProxyInstance(
        type.getClassLoader(),
        new Class<?>[] {subscriptions},
        (proxy, method, arguments) -> {
          switch (method.getName()) {
            case "request" -> {
              if (granted != null) {
                Foreign.call(granted, "request", arguments[0]);
              }
            }
            case "cancel" -> cancel(granted);
            default -> {
              return EventHandler.ofObject(proxy, method, arguments);
            }
          }
          return null;
        });
  }

  private void cancel(@Nullable Object granted) throws Throwable {
    synchronized (this) {
      if (ended) {
        return;
      }
      ended = true;
    }
    if (granted != null) {
      Foreign.call(granted, "cancel");
    }
    CompletableFuture<?> known = future;
    if (known != null) {
      known.cancel(true);
    }
    listener.accept(new CancellationException("the stream was cancelled"));
  }
}

package io.gild.libraries;

import io.gild.core.GildLog;
import io.gild.weaver.Foreign;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Relays a governed stream of events to the caller's handler in the AWS SDK's own order: the
 * response, then the events, then the end.
 *
 * <p>It subscribes before the handler does, because only a subscription sends the request. Events
 * that arrive before the handler has subscribed, such as a policy's answer, wait here.
 */
final class EventRelay implements InvocationHandler {

  private static final String SDK_PUBLISHER = "software.amazon.awssdk.core.async.SdkPublisher";

  private record Signal(Method method, @Nullable Object @Nullable [] arguments) {}

  private final Object client;
  private final Class<?> publisher;
  private final Object handler;
  private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
  private final Queue<Signal> waiting = new ArrayDeque<>();
  private boolean opened;
  private boolean passing;
  private @Nullable Object target;
  private volatile @Nullable Object upstream;

  /**
   * Creates a relay.
   *
   * @param client the client that was called
   * @param publisher the type of a publisher, of the client's loader
   * @param handler the caller's
   */
  EventRelay(Object client, Class<?> publisher, Object handler) {
    this.client = client;
    this.publisher = publisher;
    this.handler = handler;
  }

  /** Subscribes; returns the result of the woven method. */
  CompletableFuture<@Nullable Void> follow(Object events) {
    try {
      Class<?> subscriber =
          Class.forName("org.reactivestreams.Subscriber", false, publisher.getClassLoader());
      Foreign.call(
          events,
          "subscribe",
          Proxy.newProxyInstance(publisher.getClassLoader(), new Class<?>[] {subscriber}, this));
    } catch (Throwable failure) {
      fail(failure);
    }
    return end;
  }

  /** Notifies the handler of the first response, and then gives it the events. */
  void responded(Object response) throws Throwable {
    synchronized (this) {
      if (opened) {
        return; // a repeated attempt's
      }
    }
    Foreign.call(handler, "responseReceived", response);
    open();
  }

  private void open() {
    synchronized (this) {
      if (opened) {
        return;
      }
      opened = true;
    }
    try {
      Object events =
          Proxy.newProxyInstance(
              publisher.getClassLoader(),
              new Class<?>[] {publisher},
              (proxy, method, arguments) -> {
                if (!method.getName().equals("subscribe")) {
                  return EventHandler.ofObject(proxy, method, arguments);
                }
                attach(arguments[0]);
                return null;
              });
      Foreign.call(handler, "onEventStream", Foreign.make(client, SDK_PUBLISHER, "adapt", events));
    } catch (Throwable failure) {
      cancel();
      fail(failure);
    }
  }

  private void attach(Object subscriber) throws Throwable {
    boolean first;
    synchronized (this) {
      first = target == null;
      if (first) {
        target = EventSubscriber.watching(subscriber, handler, end);
      }
    }
    if (first) {
      pass();
    } else {
      new EventSubscriber(subscriber, failure -> {})
          .fail(new IllegalStateException("the events of one request have one subscriber"));
    }
  }

  private void cancel() {
    Object known = upstream;
    if (known != null) {
      try {
        Foreign.call(known, "cancel");
      } catch (Throwable fault) {
        GildLog.faultOnce("Cancelling a stream", fault);
      }
    }
  }

  private void fail(Throwable failure) {
    try {
      Foreign.call(handler, "exceptionOccurred", failure);
    } catch (Throwable fault) {
      GildLog.faultOnce("A stream's handler", fault);
    }
    end.completeExceptionally(failure);
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
    switch (method.getName()) {
      case "onSubscribe" -> upstream = first;
      case "onNext", "onComplete" -> open();
      case "onError" -> {
        if (first instanceof Throwable failure && !isOpen()) {
          fail(failure);
          return null;
        }
      }
      default -> {
        return EventHandler.ofObject(proxy, method, arguments);
      }
    }
    synchronized (this) {
      waiting.add(new Signal(method, arguments));
    }
    pass();
    return null;
  }

  private synchronized boolean isOpen() {
    return opened;
  }

  /** Passes on waiting events, if there is a handler and no other thread does so. */
  private void pass() throws Throwable {
    while (true) {
      Signal next;
      Object receiver;
      synchronized (this) {
        receiver = target;
        next = receiver == null || passing ? null : waiting.poll();
        if (receiver == null || next == null) {
          return;
        }
        passing = true;
      }
      try {
        next.method().invoke(receiver, next.arguments());
      } catch (InvocationTargetException thrown) {
        throw thrown.getCause() == null ? thrown : thrown.getCause();
      } finally {
        synchronized (this) {
          passing = false;
        }
      }
    }
  }
}

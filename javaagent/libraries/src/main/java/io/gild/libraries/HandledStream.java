package io.gild.libraries;

import io.gild.core.GildLog;
import io.gild.weaver.Foreign;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The stream of the asynchronous clients of OpenAI and Anthropic: it runs with or without a
 * subscriber, and keeps its chunks for a later handler.
 */
final class HandledStream implements Flow.Subscriber<Object>, InvocationHandler {

  private final Class<?> type;
  private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
  private final Queue<Runnable> signals = new ArrayDeque<>();
  private volatile Flow.@Nullable Subscription subscription;
  private @Nullable Object handler;
  private Executor executor = Runnable::run;
  private boolean delivering;

  private HandledStream(Class<?> type) {
    this.type = type;
  }

  /** Makes a stream of the library's type from a publisher, and starts it. */
  static Object of(Class<?> type, Flow.Publisher<Object> chunks) {
    HandledStream stream = new HandledStream(type);
    chunks.subscribe(stream);
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, stream);
  }

  /** Makes a publisher from a stream of the library's type. */
  static Flow.Publisher<Object> published(Class<?> type, @Nullable Object stream) {
    if (stream == null) {
      throw new IllegalStateException("a stream was expected, not null");
    }
    if (stream instanceof List<?> chunks) {
      return subscriber -> {
        subscriber.onSubscribe(new Handled(stream));
        chunks.forEach(subscriber::onNext);
        subscriber.onComplete();
      };
    }
    return subscriber -> {
      try {
        Class<?> handlers = handlers(type);
        Object listener =
            Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {handlers},
                (proxy, method, arguments) -> receive(subscriber, proxy, method, arguments));
        subscriber.onSubscribe(new Handled(stream));
        Foreign.call(stream, "subscribe", listener);
      } catch (Throwable fault) {
        subscriber.onError(fault);
      }
    };
  }

  private static Class<?> handlers(Class<?> type) throws ClassNotFoundException {
    return Class.forName(type.getName() + "$Handler", false, type.getClassLoader());
  }

  private static @Nullable Object receive(
      Flow.Subscriber<? super Object> subscriber,
      Object proxy,
      Method method,
      @Nullable Object @Nullable [] arguments) {
    Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
    switch (method.getName()) {
      case "onNext" -> {
        if (first != null) {
          subscriber.onNext(first);
        }
      }
      case "onComplete" -> {
        if (first instanceof Optional<?> failed && failed.orElse(null) instanceof Throwable cause) {
          subscriber.onError(cause);
        } else {
          subscriber.onComplete();
        }
      }
      default -> {
        return ofObject(proxy, method, first);
      }
    }
    return null;
  }

  private static @Nullable Object ofObject(Object proxy, Method method, @Nullable Object first) {
    return switch (method.getName()) {
      case "equals" -> first == proxy;
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "Gild's " + method.getDeclaringClass().getSimpleName();
    };
  }

  /** The library's stream, which does not support demand. */
  private record Handled(Object stream) implements Flow.Subscription {

    @Override
    public void request(long n) {}

    @Override
    public void cancel() {
      try {
        Foreign.call(stream, "close");
      } catch (Throwable fault) {
        GildLog.faultOnce("Closing a stream", fault);
      }
    }
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
    switch (method.getName()) {
      case "subscribe" -> {
        attach(arguments);
        return proxy;
      }
      case "onCompleteFuture" -> {
        return over;
      }
      case "close" -> {
        Flow.Subscription known = subscription;
        if (known != null) {
          known.cancel();
        }
        signal("onComplete", Optional.empty());
        over.complete(null);
        return null;
      }
      default -> {
        return ofObject(proxy, method, arguments == null ? null : arguments[0]);
      }
    }
  }

  private void attach(@Nullable Object @Nullable [] arguments) {
    synchronized (this) {
      if (handler != null) {
        throw new IllegalStateException("Cannot subscribe more than once");
      }
      handler = arguments == null ? null : arguments[0];
      if (arguments != null && arguments.length > 1 && arguments[1] instanceof Executor given) {
        executor = given;
      }
    }
    deliver();
  }

  @Override
  public void onSubscribe(Flow.Subscription granted) {
    subscription = granted;
    granted.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(Object chunk) {
    signal("onNext", chunk);
  }

  @Override
  public void onError(Throwable failure) {
    signal("onComplete", Optional.of(failure));
    over.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    signal("onComplete", Optional.empty());
    over.complete(null);
  }

  private void signal(String name, Object argument) {
    synchronized (this) {
      signals.add(() -> tell(name, argument));
    }
    deliver();
  }

  /** Notifies the handler from one thread at a time. */
  private void deliver() {
    synchronized (this) {
      if (delivering || handler == null || signals.isEmpty()) {
        return;
      }
      delivering = true;
    }
    executor.execute(this::drain);
  }

  private void drain() {
    while (true) {
      Runnable next;
      synchronized (this) {
        next = signals.poll();
        if (next == null) {
          delivering = false;
          return;
        }
      }
      next.run();
    }
  }

  private void tell(String name, Object argument) {
    Class<?> wanted = name.equals("onNext") ? Object.class : Optional.class;
    try {
      handlers(type).getMethod(name, wanted).invoke(handler, argument);
    } catch (InvocationTargetException thrown) {
      close(thrown.getCause() == null ? thrown : thrown.getCause());
    } catch (ReflectiveOperationException fault) {
      GildLog.faultOnce("A stream's handler", fault);
    }
  }

  /** A handler that throws ends its stream. */
  private void close(Throwable thrown) {
    Flow.Subscription known = subscription;
    if (known != null) {
      known.cancel();
    }
    over.completeExceptionally(thrown);
  }
}

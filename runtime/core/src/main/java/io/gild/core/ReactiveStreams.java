package io.gild.core;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Adapts the Reactive Streams of one class loader, by name, to the JDK's Flow. */
final class ReactiveStreams {

  private final ClassLoader loader;
  private final Class<?> publisher;
  private final Class<?> subscriber;
  private final Class<?> subscription;
  private final @Nullable Class<?> coreSubscriber;
  private final Method subscribe;
  private final Method onSubscribe;
  private final Method onNext;
  private final Method onError;
  private final Method onComplete;
  private final Method request;
  private final Method cancel;

  private ReactiveStreams(ClassLoader loader) throws ReflectiveOperationException {
    this.loader = loader;
    publisher = Class.forName("org.reactivestreams.Publisher", false, loader);
    subscriber = Class.forName("org.reactivestreams.Subscriber", false, loader);
    subscription = Class.forName("org.reactivestreams.Subscription", false, loader);
    coreSubscriber = coreSubscriber(loader);
    subscribe = publisher.getMethod("subscribe", subscriber);
    onSubscribe = subscriber.getMethod("onSubscribe", subscription);
    onNext = subscriber.getMethod("onNext", Object.class);
    onError = subscriber.getMethod("onError", Throwable.class);
    onComplete = subscriber.getMethod("onComplete");
    request = subscription.getMethod("request", long.class);
    cancel = subscription.getMethod("cancel");
  }

  static ReactiveStreams in(@Nullable ClassLoader loader) throws ReflectiveOperationException {
    if (loader == null) {
      throw new ClassNotFoundException("org.reactivestreams in the bootstrap loader");
    }
    return new ReactiveStreams(loader);
  }

  private static @Nullable Class<?> coreSubscriber(ClassLoader loader) {
    try {
      return Class.forName("reactor.core.CoreSubscriber", false, loader);
    } catch (ClassNotFoundException noReactor) {
      return null;
    }
  }

  Class<?> publisherType() {
    return publisher;
  }

  Object publisher(Flow.Publisher<Object> ours) {
    return proxy(
        publisher,
        (proxy, method, arguments) -> {
          if (method.getName().equals("subscribe") && arguments != null) {
            Object theirs = arguments[0];
            if (theirs == null) {
              throw new NullPointerException("subscriber is null");
            }
            ours.subscribe(new Downstream(theirs));
            return null;
          }
          return ofObject(proxy, method, arguments);
        });
  }

  void subscribe(
      Object theirs, Flow.Subscriber<Object> ours, Flow.Subscriber<? super Object> around) {
    Object context = around instanceof Downstream downstream ? downstream.theirs : null;
    boolean core = coreSubscriber != null && coreSubscriber.isInstance(context);
    invoke(
        subscribe,
        theirs,
        proxy(
            core && coreSubscriber != null ? coreSubscriber : subscriber,
            (proxy, method, arguments) -> signal(proxy, method, arguments, ours, context)));
  }

  private @Nullable Object signal(
      Object proxy,
      Method method,
      @Nullable Object @Nullable [] arguments,
      Flow.Subscriber<Object> ours,
      @Nullable Object context) {
    Object first = arguments == null || arguments.length == 0 ? null : arguments[0];
    switch (method.getName()) {
      case "onSubscribe" -> {
        if (first == null) {
          throw new NullPointerException("subscription is null");
        }
        ours.onSubscribe(new Upstream(first));
      }
      case "onNext" -> {
        if (first == null) {
          throw new NullPointerException("element is null");
        }
        ours.onNext(first);
      }
      case "onError" -> {
        if (!(first instanceof Throwable failure)) {
          throw new NullPointerException("failure is null");
        }
        ours.onError(failure);
      }
      case "onComplete" -> ours.onComplete();
      case "currentContext" -> {
        return context == null ? null : invoke(method, context);
      }
      default -> {
        return ofObject(proxy, method, arguments);
      }
    }
    return null;
  }

  private Object proxy(Class<?> type, InvocationHandler handler) {
    return Proxy.newProxyInstance(loader, new Class<?>[] {type}, handler);
  }

  private static @Nullable Object ofObject(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
    return switch (method.getName()) {
      case "equals" -> arguments != null && arguments[0] == proxy;
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "Gild's " + method.getDeclaringClass().getSimpleName();
    };
  }

  private static @Nullable Object invoke(
      Method method, Object target, @Nullable Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      throw Sneaky.propagate(thrown.getCause() == null ? thrown : thrown.getCause());
    } catch (IllegalAccessException closed) {
      throw new IllegalStateException(closed);
    }
  }

  /** A Reactive Streams subscriber as a Flow subscriber. */
  private final class Downstream implements Flow.Subscriber<Object> {

    private final Object theirs;

    Downstream(Object theirs) {
      this.theirs = theirs;
    }

    @Override
    public void onSubscribe(Flow.Subscription ours) {
      InvocationHandler handler =
          (proxy, method, arguments) -> {
            if (method.getName().equals("request") && arguments != null) {
              ours.request((Long) arguments[0]);
              return null;
            }
            if (method.getName().equals("cancel")) {
              ours.cancel();
              return null;
            }
            return ofObject(proxy, method, arguments);
          };
      invoke(onSubscribe, theirs, proxy(subscription, handler));
    }

    @Override
    public void onNext(Object element) {
      invoke(onNext, theirs, element);
    }

    @Override
    public void onError(Throwable failure) {
      invoke(onError, theirs, failure);
    }

    @Override
    public void onComplete() {
      invoke(onComplete, theirs);
    }
  }

  /** A Reactive Streams subscription as a Flow subscription. */
  private final class Upstream implements Flow.Subscription {

    private final Object theirs;

    Upstream(Object theirs) {
      this.theirs = theirs;
    }

    @Override
    public void request(long n) {
      invoke(request, theirs, n);
    }

    @Override
    public void cancel() {
      invoke(cancel, theirs);
    }
  }
}

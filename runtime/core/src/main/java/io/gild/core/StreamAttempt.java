package io.gild.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** One attempt of a pushed stream; its signals are ignored after another attempt took its place. */
final class StreamAttempt implements Flow.Subscriber<Object> {

  private final SerialSubscriber subscriber;
  private final StreamListener listener;
  private final CompletableFuture<@Nullable Object> done = new CompletableFuture<>();
  private volatile Flow.@Nullable Subscription upstream;

  /** The step that subscribes on a thread of Gild's. */
  private volatile @Nullable Future<?> subscribing;

  private volatile @Nullable Thread thread;

  /** The elements that are one answer, which is the call's value and so may be kept. */
  private volatile @Nullable Object answer;

  StreamAttempt(SerialSubscriber subscriber, StreamListener listener) {
    this.subscriber = subscriber;
    this.listener = listener;
    done.whenComplete((nothing, failure) -> {
      if (done.isCancelled()) {
        cancel();
      }
    });
  }

  /** Returns a stage that completes with the attempt. */
  CompletableFuture<@Nullable Object> done() {
    return done;
  }

  /** Subscribes to what the method's own code returns. */
  void subscribe(Body body, @Nullable Object[] arguments) throws Throwable {
    Object publisher = body.run(arguments);
    if (publisher == null) {
      throw new NullPointerException(subscriber.spec().id() + " returned null instead of a stream");
    }
    subscriber.subscribe(publisher, this);
  }

  /** A source may block its subscriber until it has its answer; a time limit must end this. */
  void subscribeOn(ExecutorService executor, Body body, @Nullable Object[] arguments)
      throws Throwable {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Runnable task = CallContext.capture().wrap(() -> subscribeHere(loader, body, arguments));
    try {
      subscribing = executor.submit(task);
    } catch (RejectedExecutionException closed) {
      subscribe(body, arguments); // the runtime is closed, but the subscriber still waits
      return;
    }
    if (subscriber.isTerminated()) {
      cancel();
    }
  }

  private void subscribeHere(
      @Nullable ClassLoader loader, Body body, @Nullable Object[] arguments) {
    Thread here = Thread.currentThread();
    ClassLoader own = here.getContextClassLoader();
    here.setContextClassLoader(loader);
    thread = here;
    try {
      subscribe(body, arguments);
    } catch (Throwable failure) {
      onError(failure);
    } finally {
      thread = null;
      here.setContextClassLoader(own);
    }
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    long demand = subscriber.subscribed(this, subscription);
    if (demand == SerialSubscriber.LATE) {
      subscription.cancel();
    } else if (demand != 0) {
      subscription.request(demand);
    }
  }

  Flow.@Nullable Subscription stream() {
    return upstream;
  }

  void stream(Flow.Subscription subscription) {
    upstream = subscription;
  }

  @Override
  public void onNext(Object element) {
    if (subscriber.isWhole()) {
      listen(element);
      answer = joined(answer, element);
    } else if (subscriber.begin(this)) {
      listen(element);
      subscriber.keep(element);
      subscriber.emit(element);
      endIfRefused(element);
    }
  }

  private void endIfRefused(Object element) {
    CallRefused refusal = subscriber.passed(element);
    if (refusal != null) {
      done.completeExceptionally(refusal);
      cancel();
    }
  }

  /** Returns an answer of several elements although one was expected. */
  private static Object joined(@Nullable Object known, Object element) {
    if (known == null) {
      return element;
    }
    List<Object> all =
        known instanceof StreamedAnswer streamed
            ? new ArrayList<>(streamed.elements())
            : new ArrayList<>(List.of(known));
    all.add(element);
    return new StreamedAnswer(all);
  }

  private void listen(Object element) {
    try {
      listener.element(element);
    } catch (Throwable fault) {
      GildLog.faultOnce("Listening to a stream of " + subscriber.spec().id(), fault);
    }
  }

  @Override
  public void onError(Throwable failure) {
    done.completeExceptionally(failure);
  }

  @Override
  public void onComplete() {
    try {
      listener.completed();
    } catch (Throwable failure) {
      done.completeExceptionally(failure);
      return;
    }
    done.complete(answer);
  }

  void cancel() {
    Flow.Subscription known = upstream;
    if (known != null) {
      known.cancel();
    }
    Future<?> waiting = subscribing;
    if (waiting != null && thread != Thread.currentThread()) {
      waiting.cancel(true);
    }
  }
}

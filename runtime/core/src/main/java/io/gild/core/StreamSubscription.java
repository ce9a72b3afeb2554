package io.gild.core;

import io.gild.core.spi.ContextCarrier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One governed call of a pushed stream: it begins when somebody subscribes and is judged when the
 * stream ends.
 *
 * <p>Where the elements are one answer, that is the call's value. Elsewhere, an attempt that fails
 * before its first element may be followed by another; the demand of the subscriber is then passed
 * on anew. The subscriber hears one signal at a time, whatever the attempts and the clock do. While
 * it does, it is in an agent's call, but never in a model's or a tool's: what it makes of their
 * answer is no part of them.
 */
final class StreamSubscription implements Flow.Subscription {

  private final MethodScope method;
  private final StreamShape shape;
  private final Body body;
  private final StreamListener.Factory listeners;
  private final Flow.Subscriber<? super Object> downstream;
  private final DrivenCall call;
  private final ContextCarrier.Captured around;
  private final boolean whole;
  private final AsyncCall drive;

  private @Nullable Attempt present;
  private long requested;
  private boolean emitting;
  private boolean terminated;
  private @Nullable Runnable terminal;

  StreamSubscription(
      MethodScope method,
      StreamShape shape,
      Body body,
      StreamListener.Factory listeners,
      Flow.Subscriber<? super Object> downstream,
      DrivenCall call,
      ContextCarrier.Captured around,
      boolean whole) {
    this.method = method;
    this.shape = shape;
    this.body = body;
    this.listeners = listeners;
    this.downstream = downstream;
    this.call = call;
    this.around = around;
    this.whole = whole || shape.isSingle();
    this.drive = new AsyncCall(call, this::attempt, this::leaveAttempt);
  }

  void start() {
    CurrentCall.leave(call.parent());
    downstream.onSubscribe(this);
    CurrentCall.enter(call);
    drive.start().whenComplete(this::over);
  }

  // ------------------------------------------------------------------------- from the subscriber

  @Override
  public void request(long n) {
    Flow.Subscription upstream;
    synchronized (this) {
      if (n <= 0) {
        call.delivered(); // a mistake of the subscriber is not repeated
        requested = n;
      } else if (requested >= 0) {
        requested = requested + n < 0 ? Long.MAX_VALUE : requested + n;
      }
      upstream = present == null ? null : present.upstream;
    }
    if (upstream != null) {
      upstream.request(whole && n > 0 ? Long.MAX_VALUE : n);
    }
  }

  @Override
  public void cancel() {
    Attempt attempt;
    synchronized (this) {
      if (terminated) {
        return;
      }
      terminated = true;
      attempt = present;
    }
    drive.promise().cancel(false);
    if (attempt != null) {
      attempt.cancel();
    }
  }

  // ------------------------------------------------------------------------- from the call

  private Object attempt(@Nullable Object[] arguments) throws Throwable {
    Attempt attempt = new Attempt(listeners.start(call));
    synchronized (this) {
      present = attempt;
    }
    if (call.runner() == null) {
      subscribe(attempt, arguments);
    } else {
      subscribeElsewhere(attempt, arguments);
    }
    return attempt.done;
  }

  private void subscribe(Attempt attempt, @Nullable Object[] arguments) throws Throwable {
    Object publisher = body.run(arguments);
    if (publisher == null) {
      throw new NullPointerException(method.spec().id() + " returned null instead of a stream");
    }
    shape.subscribe(publisher, attempt, downstream);
  }

  /** A source may block its subscriber until it has its answer, which a time limit must end. */
  private void subscribeElsewhere(Attempt attempt, @Nullable Object[] arguments) throws Throwable {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Runnable subscribing =
        CallContext.capture()
            .wrap(() -> {
              Thread thread = Thread.currentThread();
              ClassLoader own = thread.getContextClassLoader();
              thread.setContextClassLoader(loader);
              attempt.thread = thread;
              try {
                subscribe(attempt, arguments);
              } catch (Throwable failure) {
                attempt.onError(failure);
              } finally {
                attempt.thread = null;
                thread.setContextClassLoader(own);
              }
            });
    try {
      attempt.subscribing = method.application().attemptExecutor().submit(subscribing);
    } catch (RejectedExecutionException closed) {
      subscribe(attempt, arguments); // the runtime has gone; the subscriber has not
      return;
    }
    if (isTerminated()) {
      attempt.cancel();
    }
  }

  private synchronized boolean isTerminated() {
    return terminated;
  }

  private synchronized void leaveAttempt() {
    present = null;
  }

  private void over(@Nullable Object value, @Nullable Throwable failure) {
    if (failure != null) {
      terminate(() -> downstream.onError(failure));
    } else if (value == null) {
      terminate(downstream::onComplete);
    } else if (shape.isStream(value)) {
      shape.subscribe(value, new Settled(), downstream);
    } else if (value instanceof Several several) {
      pass(several.elements());
    } else {
      settle(value);
    }
  }

  /** Passes on what a policy answered. */
  private void settle(Object answer) {
    List<?> elements;
    try {
      elements = listeners.elements(answer);
    } catch (Throwable failure) {
      terminate(() -> downstream.onError(failure));
      return;
    }
    pass(elements);
  }

  private void pass(List<?> elements) {
    for (Object element : elements) {
      if (begin(null)) {
        emit(element);
      }
    }
    terminate(downstream::onComplete);
  }

  /** Says the last word, after an element that is just being passed on. */
  private void terminate(Runnable word) {
    synchronized (this) {
      if (terminated) {
        return;
      }
      if (emitting) {
        terminal = word;
        return;
      }
      terminated = true;
    }
    tell(word);
  }

  private void emit(Object element) {
    tell(() -> downstream.onNext(element));
    Runnable word;
    synchronized (this) {
      emitting = false;
      word = terminal;
      terminated |= word != null;
    }
    if (word != null) {
      tell(word);
    }
  }

  private synchronized boolean begin(@Nullable Attempt attempt) {
    if (terminated || terminal != null || present != attempt) {
      return false;
    }
    emitting = true;
    call.delivered();
    return true;
  }

  private void tell(Runnable signal) {
    boolean agent = method.spec().kind() == CallKind.AGENT;
    AgentCall previous = CurrentCall.get();
    CurrentCall.leave(agent ? call : call.parent());
    Runnable remove = agent ? call.installCarried() : around.install();
    try {
      signal.run();
    } finally {
      remove.run();
      CurrentCall.leave(previous);
    }
  }

  /**
   * An answer that came in several elements although one had been promised.
   *
   * @param elements the elements, in order
   */
  private record Several(List<?> elements) {

    static Object of(@Nullable Object known, Object element) {
      if (known == null) {
        return element;
      }
      List<Object> all =
          known instanceof Several several
              ? new ArrayList<>(several.elements)
              : new ArrayList<>(List.of(known));
      all.add(element);
      return new Several(List.copyOf(all));
    }
  }

  /** What one attempt's stream says; nothing of it counts once the attempt was left. */
  private final class Attempt implements Flow.Subscriber<Object> {

    private final CompletableFuture<@Nullable Object> done = new CompletableFuture<>();
    private final StreamListener listener;
    private volatile Flow.@Nullable Subscription upstream;

    /** Subscribes on a thread of Gild's, and that thread while it does. */
    private volatile @Nullable Future<?> subscribing;

    private volatile @Nullable Thread thread;

    /** The elements that are one answer, which is the call's value and so may be kept. */
    private volatile @Nullable Object answer;

    Attempt(StreamListener listener) {
      this.listener = listener;
      done.whenComplete((nothing, failure) -> {
        if (done.isCancelled()) {
          cancel();
        }
      });
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      long demand;
      boolean late;
      synchronized (StreamSubscription.this) {
        late = terminated || present != this || upstream != null;
        if (!late) {
          upstream = subscription;
        }
        demand = whole && requested > 0 ? Long.MAX_VALUE : requested;
      }
      if (late) {
        subscription.cancel();
      } else if (demand != 0) {
        subscription.request(demand);
      }
    }

    @Override
    public void onNext(Object element) {
      if (whole) {
        hear(element);
        answer = Several.of(answer, element);
      } else if (begin(this)) {
        hear(element);
        emit(element);
      }
    }

    private void hear(Object element) {
      try {
        listener.element(element);
      } catch (Throwable fault) {
        GildLog.faultOnce("Listening to a stream of " + method.spec().id(), fault);
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

  /** A stream that a policy answered with; it is not judged. */
  private final class Settled implements Flow.Subscriber<Object> {

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Object element) {
      if (begin(null)) {
        emit(element);
      }
    }

    @Override
    public void onError(Throwable failure) {
      terminate(() -> downstream.onError(failure));
    }

    @Override
    public void onComplete() {
      terminate(downstream::onComplete);
    }
  }
}

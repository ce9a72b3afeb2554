package io.gild.core;

import io.gild.core.spi.ContextCarrier;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The subscriber of a governed stream: it gets one signal at a time, and only from the current
 * attempt.
 *
 * <p>While it handles a signal, it is in an agent's call, but never in a model's or a tool's: its
 * work with their answer is not a part of them. Thread-safe.
 */
final class SerialSubscriber {

  /** Reports that a stream came too late; no demand has this value. */
  static final long LATE = Long.MIN_VALUE;

  private final StreamShape shape;
  private final Flow.Subscriber<? super Object> downstream;
  private final AgentCall call;
  private final ContextCarrier.Captured around;
  private final boolean agent;
  private final boolean whole;

  private @Nullable StreamAttempt present;
  private long requested;
  private boolean emitting;
  private boolean terminated;
  private @Nullable Runnable terminal;

  /**
   * Creates a subscriber.
   *
   * @param around the context outside of the call
   * @param whole whether all elements of an attempt are one answer
   */
  SerialSubscriber(
      StreamShape shape,
      Flow.Subscriber<? super Object> downstream,
      AgentCall call,
      ContextCarrier.Captured around,
      boolean whole) {
    this.shape = shape;
    this.downstream = downstream;
    this.call = call;
    this.around = around;
    this.agent = spec().kind() == CallKind.AGENT;
    this.whole = whole;
  }

  MethodSpec spec() {
    return call.method().spec();
  }

  /** Keeps an element that was delivered, if a stage requested this. */
  void keep(Object element) {
    call.keepElement(element);
  }

  /** Returns why the stream must end after an element that was passed on; null if it goes on. */
  @Nullable CallRefused passed(Object element) {
    return call.passed(element);
  }

  /** Returns whether all elements of an attempt are one answer, kept until it is complete. */
  boolean isWhole() {
    return whole;
  }

  /** Subscribes to a stream in place of the application's subscriber. */
  void subscribe(Object publisher, Flow.Subscriber<Object> inPlace) {
    shape.subscribe(publisher, inPlace, downstream);
  }

  /** Lets the elements of an attempt pass, or only those that come from a policy. */
  synchronized void present(@Nullable StreamAttempt attempt) {
    present = attempt;
  }

  /** Passes demand on, now or when the present attempt has a stream. */
  void request(long n) {
    Flow.Subscription stream;
    synchronized (this) {
      if (n <= 0) {
        call.delivered(); // an error of the subscriber is not retried
        requested = Math.max(n, LATE + 1);
      } else if (requested >= 0) {
        requested = requested + n < 0 ? Long.MAX_VALUE : requested + n;
      }
      stream = present == null ? null : present.stream();
    }
    if (stream != null) {
      stream.request(whole && n > 0 ? Long.MAX_VALUE : n);
    }
  }

  /**
   * Gives an attempt the stream that it subscribed to.
   *
   * @return the demand so far, or {@link #LATE} if the attempt is over or has a stream already
   */
  synchronized long subscribed(StreamAttempt attempt, Flow.Subscription stream) {
    if (terminated || present != attempt || attempt.stream() != null) {
      return LATE;
    }
    attempt.stream(stream);
    return whole && requested > 0 ? Long.MAX_VALUE : requested;
  }

  /** Blocks all further signals; returns whether any could have passed. */
  synchronized boolean cancel() {
    boolean cancelled = !terminated;
    terminated = true;
    return cancelled;
  }

  synchronized boolean isTerminated() {
    return terminated;
  }

  /** Returns the attempt whose elements pass, or null between attempts. */
  synchronized @Nullable StreamAttempt present() {
    return present;
  }

  /** Passes on an element that does not belong to an attempt. */
  void next(Object element) {
    if (begin(null)) {
      emit(element);
    }
  }

  void error(Throwable failure) {
    terminate(() -> downstream.onError(failure));
  }

  void complete() {
    terminate(downstream::onComplete);
  }

  /** Returns whether an element of the attempt may pass; {@link #emit} has to follow. */
  synchronized boolean begin(@Nullable StreamAttempt attempt) {
    if (terminated || terminal != null || present != attempt) {
      return false;
    }
    emitting = true;
    call.delivered();
    return true;
  }

  void emit(Object element) {
    signal(() -> downstream.onNext(element));
    Runnable last;
    synchronized (this) {
      emitting = false;
      last = terminal;
      terminated |= last != null;
    }
    if (last != null) {
      signal(last);
    }
  }

  /** Sends the last signal, after an element that is being passed on now. */
  private void terminate(Runnable last) {
    synchronized (this) {
      if (terminated) {
        return;
      }
      if (emitting) {
        terminal = last;
        return;
      }
      terminated = true;
    }
    signal(last);
  }

  private void signal(Runnable signal) {
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
}

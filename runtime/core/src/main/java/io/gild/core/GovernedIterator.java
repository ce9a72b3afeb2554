package io.gild.core;

import io.gild.config.Experimental;
import io.gild.core.spi.AttemptRunner;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * A pulled stream whose call is over when it is exhausted, fails or is closed.
 *
 * <p>If it fails before its first element, it may be opened again. Closing it early ends the call
 * as cancelled, which does not count as a failure. Waits between attempts hold the pulling thread.
 * Under a time limit, what the method opened is pulled on Gild's threads: no pull lasts beyond the
 * limit, and the first one after it fails. For one thread at a time.
 *
 * @param <T> type of the elements
 */
@Experimental
public final class GovernedIterator<T> implements Iterator<T>, AutoCloseable {

  private final DrivenCall call;
  private final Body body;
  private final StreamListener.Factory listeners;

  /** The source of the elements; null after the call is over. */
  private volatile @Nullable PulledAttempt present;

  /** The answer of a policy. */
  private @Nullable Object settled;

  private @Nullable Iterator<?> settledElements;

  /** The attempt whose elements the caller has, also after their end. */
  private @Nullable PulledAttempt last;

  private final boolean closesAtTheEnd;
  private @Nullable CallRefused refusal;
  private boolean over;

  /**
   * Opens the stream.
   *
   * @param closesAtTheEnd whether what the method opened is closed when it is exhausted; the
   *     application's own stream is closed by the application alone
   */
  GovernedIterator(
      DrivenCall call, Body body, StreamListener.Factory listeners, boolean closesAtTheEnd) {
    this.call = call;
    this.body = body;
    this.listeners = listeners;
    this.closesAtTheEnd = closesAtTheEnd;
    call.becomeAsynchronous();
    CurrentCall.leave(call.parent());
    inCall(() -> {
      open(null);
      return null;
    });
  }

  /**
   * Repeats until an attempt is open or the call is over.
   *
   * @param failed is closed before another attempt takes its place
   */
  private void open(@Nullable PulledAttempt failed) {
    while (call.proceed()) {
      if (failed != null) {
        failed.close();
      }
      PulledAttempt attempt = attempt();
      try {
        attempt.open();
        if (!attempt.isAbsent()) {
          present = attempt;
          last = attempt;
          return;
        }
        call.returned(null);
      } catch (Throwable failure) {
        attempt.close();
        call.threw(failure);
      }
    }
    over = true;
    present = null;
    settled = call.result();
    settledElements = settled == null ? null : elementsOf(settled);
  }

  /** Whether there is no stream: neither the method nor a policy returned one. */
  boolean isAbsent() {
    return over && settled == null;
  }

  /** What the method opened, unless a policy answered instead; it must not be touched. */
  @Nullable PulledAttempt opened() {
    return present;
  }

  private PulledAttempt attempt() {
    call.beginElements();
    StreamListener listener = listeners.start(call);
    AttemptRunner runner = call.runner();
    return runner == null
        ? new PulledAttempt(call, body, listener)
        : new BoundedAttempt(call, body, listener, runner);
  }

  private Iterator<?> elementsOf(Object answer) {
    if (answer instanceof Iterator<?> || answer instanceof BaseStream<?, ?>) {
      return PulledAttempt.iterator(answer);
    }
    if (answer instanceof StreamedAnswer streamed) {
      return streamed.elements().iterator();
    }
    try {
      return listeners.elements(answer).iterator();
    } catch (Throwable failure) {
      throw Sneaky.propagate(failure);
    }
  }

  @Override
  public boolean hasNext() {
    return over ? settledHasNext() : Boolean.TRUE.equals(inCall(this::advance));
  }

  private boolean settledHasNext() {
    return settledElements != null && settledElements.hasNext();
  }

  private Boolean advance() {
    PulledAttempt attempt = present;
    while (attempt != null) {
      try {
        if (refusal != null) {
          throw refusal;
        }
        if (attempt.hasNext()) {
          return true;
        }
        attempt.completed();
        finish(attempt);
        return false;
      } catch (Throwable failure) {
        attempt = again(attempt, failure);
      }
    }
    return settledHasNext();
  }

  /** Judges an attempt that failed; returns the next one, or null if the call is over. */
  private @Nullable PulledAttempt again(PulledAttempt failed, Throwable failure) {
    if (closesAtTheEnd) {
      failed.close();
    }
    call.threw(failure);
    open(failed);
    return present;
  }

  private void finish(PulledAttempt attempt) {
    over = true;
    present = null;
    if (closesAtTheEnd) {
      attempt.close();
    } else {
      attempt.ended();
    }
    call.returned(null);
    if (call.proceed()) { // a stage requests another attempt, but elements were already passed on
      call.abandon(new CancellationException("a stream cannot be repeated"));
    }
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // the method's own elements
  public T next() {
    return (T) (over ? takeSettled() : inCall(this::take));
  }

  private @Nullable Object takeSettled() {
    if (settledElements == null) {
      throw new NoSuchElementException();
    }
    return settledElements.next();
  }

  private @Nullable Object take() {
    while (advance()) {
      PulledAttempt attempt = present;
      if (attempt == null) {
        return takeSettled();
      }
      Object element;
      try {
        element = attempt.next();
      } catch (Throwable failure) {
        again(attempt, failure);
        continue;
      }
      call.delivered();
      attempt.notifyListener(element);
      call.keepElement(element);
      refusal = call.passed(element);
      return element;
    }
    throw new NoSuchElementException();
  }

  /** Removes the element that was pulled last, if the method's own elements allow this. */
  @Override
  public void remove() {
    PulledAttempt attempt = last;
    if (attempt == null) {
      if (settledElements == null) {
        throw new IllegalStateException("no element was pulled");
      }
      settledElements.remove();
      return;
    }
    inCall(() -> {
      attempt.remove();
      return null;
    });
  }

  /** Ends the call, as cancelled unless the stream reached its end or its time limit. */
  @Override
  public void close() {
    PulledAttempt attempt = present;
    present = null;
    settledElements = null;
    closeSettled();
    PulledAttempt own = attempt == null ? last : attempt;
    if (own != null) {
      own.close();
    }
    end(attempt);
    Throwable failure = own == null || closesAtTheEnd ? null : own.closingFailure();
    if (failure != null) {
      throw Sneaky.propagate(failure);
    }
  }

  private void end(@Nullable PulledAttempt attempt) {
    if (!over) {
      over = true;
      Throwable late = attempt == null ? null : attempt.late();
      if (late == null) {
        call.abandon(new CancellationException("the stream was closed"));
      } else {
        call.fail(late);
      }
    }
  }

  private void closeSettled() {
    Object open = settled;
    settled = null;
    if (open instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception failure) {
        GildLog.faultOnce("Closing a stream of " + call.method().spec().id(), failure);
      }
    }
  }

  /** An action on the pulling thread as a part of the call. */
  @FunctionalInterface
  private interface Part {
    @Nullable Object run();
  }

  private @Nullable Object inCall(Part part) {
    AgentCall previous = CurrentCall.enter(call);
    Runnable remove = call.installCarried();
    try {
      return part.run();
    } finally {
      remove.run();
      CurrentCall.leave(previous);
    }
  }
}

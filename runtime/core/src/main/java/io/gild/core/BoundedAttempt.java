package io.gild.core;

import io.gild.core.spi.AttemptRunner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a pulled stream that a time limit bounds, from its opening to its end.
 *
 * <p>It is opened and pulled on Gild's threads, while the caller's waits for each element no longer
 * than the limit allows. A wait inside of the stream that is still running then is interrupted, and
 * the stream is closed, which frees most threads that wait for a connection.
 */
final class BoundedAttempt extends PulledAttempt {

  private final AttemptRunner runner;

  private final RunningAttempt attempt = RunningAttempt.begin();

  /** Completes with the attempt. */
  private final CompletableFuture<@Nullable Object> end = new CompletableFuture<>();

  /** Fails if the timeout expires before the end. */
  private volatile CompletableFuture<?> limit = new CompletableFuture<>();

  /** The operation that runs inside of the stream now. */
  private @Nullable OffloadedStep step;

  BoundedAttempt(AgentCall call, Body body, StreamListener listener, AttemptRunner runner) {
    super(call, body, listener);
    this.runner = runner;
  }

  @Override
  void open() throws Throwable {
    limit = runner.bound(call, end, this::giveUp).toCompletableFuture();
    limit.whenComplete((nothing, late) -> {
      if (late != null) {
        answer(late);
      }
    });
    elsewhere(arguments -> {
      openSource(arguments);
      return sourceHasNext();
    });
  }

  @Override
  boolean hasNext() throws Throwable {
    return Boolean.TRUE.equals(elsewhere(arguments -> sourceHasNext()));
  }

  @Override
  @Nullable Object next() throws Throwable {
    return elsewhere(arguments -> sourceNext());
  }

  @Override
  void completed() throws Throwable {
    end.complete(null);
    Throwable late = late();
    if (late != null) {
      throw late;
    }
    super.completed();
  }

  @Override
  @Nullable Throwable late() {
    return limit.isCompletedExceptionally()
        ? limit.handle((nothing, late) -> late).getNow(null)
        : null;
  }

  @Override
  void remove() {
    try {
      elsewhere(arguments -> {
        super.remove();
        return null;
      });
    } catch (Throwable failure) {
      throw Sneaky.propagate(failure);
    }
  }

  @Override
  void ended() {
    end.complete(null);
  }

  /** Leaves the stream to a pull that may continue after its timeout. */
  @Override
  void close() {
    if (late() == null) {
      end.complete(null);
    }
    boolean left;
    synchronized (this) {
      left = step != null && late() != null;
    }
    if (!left) {
      closeSource();
    }
  }

  private void answer(Throwable late) {
    OffloadedStep waiting;
    synchronized (this) {
      waiting = step;
    }
    if (waiting != null) {
      waiting.giveUp(late);
    }
  }

  private void giveUp() {
    OffloadedStep running;
    synchronized (this) {
      running = step;
    }
    attempt.release();
    if (running != null) {
      running.cancel();
    }
    closeSource();
  }

  private @Nullable Object elsewhere(Body part) throws Throwable {
    OffloadedStep own =
        new OffloadedStep(() -> {
          RunningAttempt outer = CurrentCall.attempt(attempt);
          try {
            return part.run(call.arguments());
          } finally {
            CurrentCall.attempt(outer);
            leave();
          }
        });
    synchronized (this) {
      Throwable late = late();
      if (late != null) {
        throw late;
      }
      step = own;
    }
    Runnable task = CallContext.capture().wrap(own);
    try {
      call.method().application().attemptExecutor().execute(task);
    } catch (RejectedExecutionException closed) {
      task.run(); // the runtime is closed, but the caller still waits
    }
    return own.await();
  }

  /** Closes after a pull what should have been closed while the pull ran. */
  private void leave() {
    boolean unwanted;
    synchronized (this) {
      step = null;
      unwanted = closed() || late() != null;
    }
    if (unwanted) {
      closeSource();
    }
  }

  /** Closing a stream during a pull may fail; the close is repeated afterwards. */
  @Override
  void unclosed(AutoCloseable open, Throwable failure) {
    synchronized (this) {
      if (step != null) {
        keep(open);
        return;
      }
    }
    super.unclosed(open, failure);
  }
}

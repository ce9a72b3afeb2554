package io.gild.synchronizers;

import io.gild.synchronizers.spi.LeaseStore.Watch;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A wait on the one thread of the leases, which has all of its fields. */
final class AsyncWait<T> {

  private final Waiting<T> waiting;
  private final WakeUps wakeUps;
  private final LeaseThreads threads;
  private final Runnable abandon;
  private final Executor completions;
  private final CompletableFuture<T> future = new CompletableFuture<>();
  private @Nullable Watch watch;
  private @Nullable Future<?> next;
  private boolean over;

  AsyncWait(Waiting<T> waiting, WakeUps wakeUps, LeaseThreads threads, Runnable abandon) {
    this.waiting = waiting;
    this.wakeUps = wakeUps;
    this.threads = threads;
    this.abandon = abandon;
    this.completions = threads.inOrder();
  }

  CompletableFuture<T> start() {
    if (!threads.run(this::ask)) {
      future.completeExceptionally(new Waits.ClosedException(waiting.key()));
    }
    future.whenComplete((value, failure) -> threads.run(this::endIfUnwanted));
    return future;
  }

  private void ask() {
    if (over) {
      return;
    }
    if (future.isDone()) {
      endIfUnwanted();
      return;
    }
    try {
      T value = watch == null ? waiting.askFirst() : waiting.askAgain();
      if (value != null) {
        succeed(value);
      } else {
        goOn();
      }
    } catch (TimeoutException | RuntimeException failure) {
      end();
      abandon.run();
      completions.execute(() -> future.completeExceptionally(failure));
    }
  }

  /** Watches before it asks for the second time, so that it misses no wake-up. */
  private void goOn() {
    if (watch == null) {
      watch = wakeUps.add(waiting.key(), waiting.id(), () -> threads.run(this::ask));
      threads.run(this::ask);
    } else {
      if (next != null) {
        next.cancel(false);
      }
      next = threads.runAfter(waiting.pause(), this::ask);
    }
  }

  private void succeed(T value) {
    end();
    completions.execute(() -> {
      if (!future.complete(value)) {
        threads.run(abandon);
      }
    });
  }

  /** The application may cancel the future, or complete it with a value of its own. */
  private void endIfUnwanted() {
    if (!over) {
      end();
      abandon.run();
    }
  }

  private void end() {
    over = true;
    if (watch != null) {
      watch.close();
    }
    if (next != null) {
      next.cancel(false);
    }
  }
}

package io.gild.core;

import io.gild.core.spi.AttemptRunner;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Drives a call whose attempts complete later; it waits on no thread.
 *
 * <p>The call is judged when the attempt's stage completes, never when the method returns.
 */
final class AsyncCall {

  private final AgentCall call;
  private final Body body;
  private final @Nullable AttemptRunner runner;
  private final CompletableFuture<@Nullable Object> promise = new CompletableFuture<>();
  private volatile @Nullable CompletionStage<?> running;

  AsyncCall(AgentCall call, Body body) {
    this.call = call;
    this.body = body;
    this.runner = call.runner();
    call.becomeAsynchronous();
  }

  CompletableFuture<@Nullable Object> start() {
    CurrentCall.leave(call.parent());
    promise.whenComplete((result, failure) -> {
      if (promise.isCancelled() && running instanceof Future<?> attempt) {
        attempt.cancel(true);
      }
    });
    step();
    return promise;
  }

  private void step() {
    while (true) {
      if (promise.isCancelled()) {
        call.abandon(new CancellationException("the caller cancelled the call"));
        return;
      }
      AgentCall previous = CurrentCall.enter(call);
      CallSteps.Step next;
      CompletionStage<?> attempt = null;
      try {
        next = call.advance();
        if (next == CallSteps.Step.RUN) {
          attempt = attempt();
        }
      } finally {
        CurrentCall.leave(previous);
      }
      if (next == CallSteps.Step.DONE) {
        complete();
        return;
      }
      if (next == CallSteps.Step.WAIT && scheduled()) {
        return;
      }
      if (attempt != null) {
        running = attempt;
        attempt.whenComplete(this::completed);
        return;
      }
    }
  }

  /** Schedules the next step; false if the runtime was closed, and the step must not wait. */
  private boolean scheduled() {
    try {
      call.method()
          .runtime()
          .scheduler()
          .schedule(this::step, call.waitNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  /** Starts an attempt; returns null if it is over already. */
  private @Nullable CompletionStage<?> attempt() {
    Runnable remove = call.installCarried();
    try {
      CompletionStage<?> stage = (CompletionStage<?>) body.run(call.arguments());
      if (stage == null) {
        call.returned(null);
        return null;
      }
      return runner == null ? stage : runner.bound(call, stage);
    } catch (Throwable failure) {
      call.threw(failure);
      return null;
    } finally {
      remove.run();
    }
  }

  private void completed(@Nullable Object result, @Nullable Throwable failure) {
    if (failure == null) {
      call.returned(result);
    } else {
      call.threw(unwrap(failure));
    }
    step();
  }

  private static Throwable unwrap(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wrapper =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return wrapper && cause != null ? cause : failure;
  }

  private void complete() {
    Throwable failure = call.failure();
    if (failure == null) {
      promise.complete(call.value());
    } else {
      promise.completeExceptionally(failure);
    }
  }
}

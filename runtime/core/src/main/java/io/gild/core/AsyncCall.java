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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Drives a call whose attempts complete later; it waits on no thread.
 *
 * <p>The call is judged when the attempt's stage completes, never when the method returns. A caller
 * that completes the promise before that cancels the call and ends it.
 */
final class AsyncCall {

  private final DrivenCall call;
  private final Body body;
  private final Runnable attemptOver;
  private final @Nullable AttemptRunner runner;
  private final CompletableFuture<@Nullable Object> promise = new CompletableFuture<>();
  private volatile @Nullable CompletionStage<?> running;

  /** What the last attempt returned; null if it has returned nothing, or null. */
  private volatile @Nullable CompletionStage<?> returned;

  private volatile boolean returnedNull;

  /** What the last attempt threw instead of returning. */
  private volatile @Nullable Throwable thrown;

  /** Whether a thread takes steps; guarded by this. */
  private boolean driven = true;

  private boolean givenUp;
  private boolean over;

  AsyncCall(DrivenCall call, Body body) {
    this(call, body, () -> {});
  }

  /**
   * @param attemptOver runs when an attempt is over, before it is judged
   */
  AsyncCall(DrivenCall call, Body body, Runnable attemptOver) {
    this.call = call;
    this.body = body;
    this.attemptOver = attemptOver;
    this.runner = call.runner();
    call.becomeAsynchronous();
  }

  /** Returns what will complete with the call; must be taken before {@link #start}. */
  CompletableFuture<@Nullable Object> promise() {
    return promise;
  }

  /** Starts the call; returns, or throws, what the caller of the governed method gets. */
  @Nullable Object run() {
    start();
    CompletionStage<?> own = returned;
    if (!promise.isDone()) {
      return own == null ? promise : ofClass(own);
    }
    Throwable failure = failureOf(promise);
    Throwable atOnce = thrown;
    if (failure != null && failure == atOnce) {
      throw Sneaky.propagate(failure);
    }
    if (failure == null && returnedNull && promise.join() == null) {
      return null;
    }
    return own != null && endsAsThePromise(own, failure) ? own : promise;
  }

  private boolean endsAsThePromise(CompletionStage<?> own, @Nullable Throwable failure) {
    if (!(own instanceof CompletableFuture<?> future) || isMinimal(own) || !future.isDone()) {
      return false;
    }
    Throwable ownFailure = failureOf(future);
    if (failure == null || ownFailure == null) {
      return failure == ownFailure && future.join() == promise.join();
    }
    return unwrap(ownFailure) == failure;
  }

  /** Whether a stage is one of the JDK's that only its owner may query or complete. */
  private static boolean isMinimal(CompletionStage<?> stage) {
    Class<?> type = stage.getClass();
    return type != CompletableFuture.class && type.getName().startsWith("java.util.concurrent.");
  }

  private static @Nullable Throwable failureOf(CompletableFuture<?> done) {
    return done.<@Nullable Throwable>handle((value, failure) -> failure).join();
  }

  /** Makes a future of the class of the method's own one, which ends with the call. */
  private CompletableFuture<?> ofClass(CompletionStage<?> own) {
    if (!(own instanceof CompletableFuture<?> future)
        || own.getClass() == CompletableFuture.class
        || isMinimal(own)) {
      return promise;
    }
    CompletableFuture<@Nullable Object> likewise;
    try {
      likewise = future.newIncompleteFuture();
    } catch (RuntimeException fault) {
      return promise;
    }
    if (likewise == null || likewise.getClass() == CompletableFuture.class) {
      return promise;
    }
    promise.whenComplete((value, failure) -> {
      if (failure == null) {
        likewise.complete(value);
      } else {
        likewise.completeExceptionally(failure);
      }
    });
    likewise.whenComplete((value, failure) -> {
      if (failure == null) {
        promise.complete(value);
      } else {
        promise.completeExceptionally(unwrap(failure));
      }
    });
    return likewise;
  }

  CompletableFuture<@Nullable Object> start() {
    CurrentCall.leave(call.parent());
    promise.whenComplete((result, failure) -> giveUp());
    step();
    return promise;
  }

  private void giveUp() {
    synchronized (this) {
      if (over) {
        return;
      }
      givenUp = true;
      if (driven) {
        return;
      }
      driven = true;
    }
    abandon();
  }

  private void abandon() {
    synchronized (this) {
      over = true;
    }
    attemptOver.run();
    call.abandon(new CancellationException("the caller cancelled the call"));
    CompletionStage<?> attempt = running;
    if (attempt != null) {
      cancel(attempt);
    }
  }

  private static void cancel(CompletionStage<?> stage) {
    if (stage instanceof Future<?> future) {
      try {
        future.cancel(true);
      } catch (UnsupportedOperationException minimal) {
        // A stage that only its owner may complete.
      }
    }
  }

  /** Makes this thread take the steps; false if another thread does, or no step is left. */
  private synchronized boolean drive() {
    if (driven || over) {
      return false;
    }
    driven = true;
    return true;
  }

  /** Lets another thread take the next step; false if the call was cancelled meanwhile. */
  private synchronized boolean rest() {
    driven = givenUp;
    return !givenUp;
  }

  private void step() {
    while (true) {
      AgentCall previous = CurrentCall.enter(call);
      DrivenCall.Step next;
      CompletionStage<?> attempt = null;
      try {
        next = call.advance();
        if (next == DrivenCall.Step.RUN) {
          attempt = attempt();
        }
      } finally {
        CurrentCall.leave(previous);
      }
      if (next == DrivenCall.Step.DONE) {
        complete();
        return;
      }
      if (attempt != null) {
        running = attempt;
        if (rest()) {
          attempt.whenComplete(this::completed);
        } else {
          abandon();
        }
        return;
      }
      if (next == DrivenCall.Step.WAIT) {
        if (!rest()) {
          abandon();
          return;
        }
        if (scheduled() || !drive()) {
          return;
        }
      }
    }
  }

  /** Schedules the next step; false if the runtime was closed, and the step must not wait. */
  private boolean scheduled() {
    try {
      call.method()
          .runtime()
          .scheduler()
          .schedule(this::waited, call.waitNanos(), TimeUnit.NANOSECONDS);
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  /**
   * Continues on another thread: the next step may block, and the scheduler's one thread must not.
   */
  private void waited() {
    try {
      call.method().application().attemptExecutor().execute(this::goOn);
    } catch (RejectedExecutionException closed) {
      goOn();
    }
  }

  private void goOn() {
    if (drive()) {
      step();
    }
  }

  /** Starts an attempt; returns null if it is over already. */
  private @Nullable CompletionStage<?> attempt() {
    AttemptRunner bounding = runner;
    if (bounding == null) {
      return attempt(stage -> stage);
    }
    RunningAttempt own = RunningAttempt.begin();
    RunningAttempt outer = CurrentCall.attempt(own);
    try {
      return attempt(stage ->
          bounding.bound(
              call,
              stage,
              () -> {
                own.release();
                cancel(stage);
              }));
    } finally {
      CurrentCall.attempt(outer);
    }
  }

  private @Nullable CompletionStage<?> attempt(UnaryOperator<CompletionStage<?>> bound) {
    Runnable remove = call.installCarried();
    returned = null;
    returnedNull = false;
    thrown = null;
    try {
      CompletionStage<?> stage = (CompletionStage<?>) body.run(call.arguments());
      returned = stage;
      if (stage == null) {
        returnedNull = true;
        call.returned(null);
        return null;
      }
      return bound.apply(stage);
    } catch (Throwable failure) {
      thrown = failure;
      call.threw(failure);
      return null;
    } finally {
      remove.run();
    }
  }

  private void completed(@Nullable Object result, @Nullable Throwable failure) {
    if (!drive()) {
      return;
    }
    attemptOver.run();
    if (failure == null) {
      call.returned(result);
    } else {
      call.threw(unwrap(failure));
    }
    step();
  }

  static Throwable unwrap(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wrapper =
        failure instanceof CompletionException || failure instanceof ExecutionException;
    return wrapper && cause != null ? cause : failure;
  }

  private void complete() {
    synchronized (this) {
      over = true;
    }
    Throwable failure = call.failure();
    if (failure == null) {
      promise.complete(call.result());
    } else {
      promise.completeExceptionally(failure);
    }
  }
}

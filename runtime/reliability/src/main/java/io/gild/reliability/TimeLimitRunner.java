package io.gild.reliability;

import io.gild.core.AgentCall;
import io.gild.core.Body;
import io.gild.core.CallContext;
import io.gild.core.CallDecision;
import io.gild.core.Counts;
import io.gild.core.Mark;
import io.gild.core.OffloadedStep;
import io.gild.core.RunningAttempt;
import io.gild.core.TimeLimitExceeded;
import io.gild.core.spi.AttemptRunner;
import io.gild.core.spi.ContextCarrier;
import io.gild.core.spi.StageContext;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Runs each attempt on another thread and abandons it at the timeout.
 *
 * <p>The attempt keeps the caller's ambient context and context class loader.
 */
final class TimeLimitRunner implements AttemptRunner {

  private final TimeLimitPolicy policy;
  private final StageContext context;
  private final long nanos;

  TimeLimitRunner(TimeLimitPolicy policy, StageContext context) {
    this.policy = policy;
    this.context = context;
    this.nanos = policy.timeoutDuration().toNanos();
  }

  @Override
  public @Nullable Object run(AgentCall call, Body body) throws Throwable {
    RunningAttempt running = RunningAttempt.begin();
    OffloadedStep attempt = step(call, body, running);
    try {
      context.method().application().attemptExecutor().execute(attempt);
    } catch (RejectedExecutionException closed) {
      return body.run(call.arguments()); // the runtime is closed, but the caller still waits
    }
    if (attempt.await(nanos)) {
      return attempt.result();
    }
    running.abandon();
    if (policy.cancelRunningFuture()) {
      running.release();
      attempt.cancel();
    }
    call.mark(Mark.TIMED_OUT);
    timedOut(call);
    throw exceeded();
  }

  private static OffloadedStep step(AgentCall call, Body body, RunningAttempt running) {
    ContextCarrier.Captured ambient = call.method().runtime().captureContext();
    return new OffloadedStep(() -> {
      Runnable remove = ambient.install();
      try {
        return CallContext.run(call, body, running);
      } finally {
        remove.run();
      }
    });
  }

  @Override
  public CompletionStage<?> bound(AgentCall call, CompletionStage<?> running, Runnable cancel) {
    CompletableFuture<@Nullable Object> bounded = new CompletableFuture<>();
    AtomicBoolean decided = new AtomicBoolean();
    Runnable expire =
        () -> {
          if (decided.compareAndSet(false, true)) {
            timedOut(call);
            giveUp(bounded, cancel);
          }
        };
    ScheduledFuture<?> alarm;
    try {
      alarm =
          context.runtime().scheduler().schedule(() -> aside(expire), nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      return running; // the runtime is closed, but the caller still waits
    }
    running.whenComplete((result, failure) -> {
      alarm.cancel(false);
      if (!decided.compareAndSet(false, true)) {
        return;
      }
      if (failure == null) {
        bounded.complete(result);
      } else {
        bounded.completeExceptionally(failure);
      }
    });
    return bounded;
  }

  private void giveUp(CompletableFuture<@Nullable Object> bounded, Runnable cancel) {
    bounded.completeExceptionally(exceeded());
    if (policy.cancelRunningFuture()) {
      cancel.run();
    }
  }

  private void timedOut(AgentCall call) {
    context.counts().add(Counts.Event.TIMED_OUT);
    CallDecision.publish(
        call, Counts.Event.TIMED_OUT, Map.of("limitMillis", policy.timeoutDuration().toMillis()));
  }

  /** Runs an action that may call the application, off the scheduler's one thread. */
  private void aside(Runnable task) {
    try {
      context.method().application().attemptExecutor().execute(task);
    } catch (RejectedExecutionException closed) {
      task.run();
    }
  }

  private TimeLimitExceeded exceeded() {
    return new TimeLimitExceeded(context.spec().agent(), policy.timeoutDuration());
  }
}

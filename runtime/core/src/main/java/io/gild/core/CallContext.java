package io.gild.core;

import io.gild.config.Experimental;
import io.gild.core.spi.ContextCarrier;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The governed call that a thread is in, and with it its span, tenant, session and budget, and the
 * {@linkplain CallLabels labels} of the thread, for transfer to other threads.
 *
 * <pre>{@code
 * executor.execute(CallContext.capture().wrap(() -> desk.answer(question)));
 * }</pre>
 *
 * <p>Nothing stays on the other thread after the wrapped task. Thread-safe.
 */
public final class CallContext {

  private final @Nullable CallReference call;
  private final ContextCarrier.@Nullable Captured ambient;
  private final @Nullable Map<String, String> labels;

  private CallContext(@Nullable AgentCall call) {
    this.call = call == null ? null : call.reference();
    this.ambient = call == null ? null : call.method().runtime().captureContext();
    this.labels = CurrentCall.labels();
  }

  /**
   * Captures the context of the current thread.
   *
   * @return the context; outside of any call, an empty context
   */
  public static CallContext capture() {
    return new CallContext(AgentCall.current());
  }

  /**
   * Makes an executor whose tasks run in the call of the thread that submits them.
   *
   * @param executor runs the tasks
   * @return passes them on
   */
  public static Executor executor(Executor executor) {
    return task -> executor.execute(capture().wrap(task));
  }

  /**
   * Runs an attempt on another thread as a part of its call.
   *
   * @param call the call
   * @param body what to run
   * @param attempt the attempt, which may be abandoned meanwhile
   * @return what it returned
   * @throws Throwable what it threw
   */
  @Experimental
  public static @Nullable Object run(AgentCall call, Body body, RunningAttempt attempt)
      throws Throwable {
    RunningAttempt before = CurrentCall.attempt(attempt);
    AgentCall previous = join(call);
    try {
      return body.run(call.arguments());
    } finally {
      CurrentCall.leave(previous);
      CurrentCall.attempt(before);
    }
  }

  /**
   * Makes a call the current one of another thread than its own, for a while.
   *
   * @param call the call
   * @return what to give to {@link #leave}, or {@code null}
   */
  @Experimental
  public static @Nullable AgentCall join(AgentCall call) {
    return CurrentCall.enter(call);
  }

  /**
   * Restores the call that the current thread was in before {@link #join}.
   *
   * @param previous what {@code join} returned
   */
  @Experimental
  public static void leave(@Nullable AgentCall previous) {
    CurrentCall.leave(previous);
    if (previous == null) {
      CurrentCall.attempt(null);
    }
  }

  /**
   * Returns the innermost call that is not over, from a call outward. A task that began in the call
   * and may outlive it belongs to this one.
   *
   * @param call the call
   * @return the call or one around it, or {@code null} if all are over
   */
  @Experimental
  public static @Nullable AgentCall live(AgentCall call) {
    AgentCall live = call;
    while (live != null && live.over()) {
      live = live.parent();
    }
    return live;
  }

  /**
   * Registers how to end a wait of the current thread's attempt, in case a time limit abandons that
   * attempt: an interrupt may be ignored, and closing may have to wait.
   *
   * @param resource what is ended; held weakly
   * @param end ends it, from any thread, and does nothing if it is over; must not refer to the
   *     resource
   * @param <T> type of the resource
   */
  @Experimental
  public static <T> void releasedBy(T resource, Consumer<? super T> end) {
    RunningAttempt attempt = CurrentCall.attempt();
    if (attempt != null) {
      attempt.releasedBy(resource, end);
    }
  }

  /**
   * Takes a task into this context.
   *
   * @param task the task
   * @return runs it in this context, on any thread
   */
  public Runnable wrap(Runnable task) {
    return () -> {
      Runnable leave = enter();
      try {
        task.run();
      } finally {
        leave.run();
      }
    };
  }

  /**
   * Takes a task into this context.
   *
   * @param task the task
   * @param <T> type of its result
   * @return runs it in this context, on any thread
   */
  public <T> Callable<T> wrapCallable(Callable<T> task) {
    return () -> {
      Runnable leave = enter();
      try {
        return task.call();
      } finally {
        leave.run();
      }
    };
  }

  /**
   * Takes a supplier into this context.
   *
   * @param supplier the supplier
   * @param <T> type of its result
   * @return calls it in this context, on any thread
   */
  public <T> Supplier<T> wrapSupplier(Supplier<T> supplier) {
    return () -> {
      Runnable leave = enter();
      try {
        return supplier.get();
      } finally {
        leave.run();
      }
    };
  }

  private Runnable enter() {
    Runnable leave = enterCall();
    if (labels == null) {
      return leave;
    }
    Map<String, String> before = CurrentCall.labels();
    CurrentCall.labels(labels);
    return () -> {
      CurrentCall.labels(before);
      leave.run();
    };
  }

  private Runnable enterCall() {
    AgentCall entered = CallReference.live(call);
    if (call == null || entered == null || ambient == null) {
      return () -> {};
    }
    AgentCall previous = call.join(entered);
    Runnable remove = ambient.install();
    return () -> {
      remove.run();
      leave(previous);
    };
  }
}

package io.gild.core;

import io.gild.core.spi.ContextCarrier;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The governed call that a thread is in, and with it its span, tenant, session and budget, to be
 * taken to other threads.
 *
 * <pre>{@code
 * executor.execute(CallContext.capture().wrap(() -> desk.answer(question)));
 * }</pre>
 *
 * <p>Nothing stays on the other thread when what was wrapped is over. Thread-safe.
 */
public final class CallContext {

  private final @Nullable CallReference call;
  private final ContextCarrier.@Nullable Captured ambient;

  private CallContext(@Nullable AgentCall call) {
    this.call = call == null ? null : call.reference();
    this.ambient = call == null ? null : call.method().runtime().captureContext();
  }

  /**
   * Captures the context of the current thread.
   *
   * @return the context; outside of any call, one in which nothing is taken along
   */
  public static CallContext capture() {
    return new CallContext(AgentCall.current());
  }

  /**
   * Makes an executor whose tasks run in the call that their sender is in.
   *
   * @param executor runs the tasks
   * @return passes them on
   */
  public static Executor executor(Executor executor) {
    return task -> executor.execute(capture().wrap(task));
  }

  /**
   * Takes a task into this context.
   *
   * @param task the task
   * @return runs it in this context, on whatever thread
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
   * @return runs it in this context, on whatever thread
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
   * @return asks it in this context, on whatever thread
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
    AgentCall entered = CallReference.live(call);
    if (call == null || entered == null || ambient == null) {
      return () -> {};
    }
    AgentCall previous = call.join(entered);
    Runnable remove = ambient.install();
    return () -> {
      remove.run();
      AgentCall.leave(previous);
    };
  }
}

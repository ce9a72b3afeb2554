package io.gild.weaver;

import io.gild.core.AgentCall;
import io.gild.core.CallContext;
import io.gild.core.CallReference;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A task that runs within the call in which it was submitted, if that call still runs; afterwards
 * the thread is in no call. It is used only where no code of the application can see it.
 *
 * <p>The class is defined as a hidden class, so that no stack trace of the application shows it. It
 * has no lambdas: a lambda of a hidden class cannot be linked on JDK 17.
 */
// Erasure makes the types irrelevant, and these functions are never chained.
@SuppressWarnings({"unchecked", "overloads"})
final class CarriedTask
    implements Runnable,
        Callable<@Nullable Object>,
        Supplier<@Nullable Object>,
        Function<@Nullable Object, @Nullable Object>,
        Consumer<@Nullable Object> {

  private final CallReference call;
  private final Object task;

  CarriedTask(CallReference call, Object task) {
    this.call = call;
    this.task = task;
  }

  @Override
  public void run() {
    AgentCall live = call.live();
    if (live == null) {
      ((Runnable) task).run();
      return;
    }
    AgentCall previous = call.join(live);
    try {
      ((Runnable) task).run();
    } finally {
      CallContext.leave(previous);
    }
  }

  @Override
  public @Nullable Object call() throws Exception {
    AgentCall live = call.live();
    if (live == null) {
      return ((Callable<?>) task).call();
    }
    AgentCall previous = call.join(live);
    try {
      return ((Callable<?>) task).call();
    } finally {
      CallContext.leave(previous);
    }
  }

  @Override
  public @Nullable Object get() {
    AgentCall live = call.live();
    if (live == null) {
      return ((Supplier<?>) task).get();
    }
    AgentCall previous = call.join(live);
    try {
      return ((Supplier<?>) task).get();
    } finally {
      CallContext.leave(previous);
    }
  }

  @Override
  public @Nullable Object apply(@Nullable Object value) {
    AgentCall live = call.live();
    if (live == null) {
      return ((Function<@Nullable Object, ?>) task).apply(value);
    }
    AgentCall previous = call.join(live);
    try {
      return ((Function<@Nullable Object, ?>) task).apply(value);
    } finally {
      CallContext.leave(previous);
    }
  }

  @Override
  public void accept(@Nullable Object value) {
    AgentCall live = call.live();
    if (live == null) {
      ((Consumer<@Nullable Object>) task).accept(value);
      return;
    }
    AgentCall previous = call.join(live);
    try {
      ((Consumer<@Nullable Object>) task).accept(value);
    } finally {
      CallContext.leave(previous);
    }
  }

  @Override
  public String toString() {
    return task.toString();
  }
}

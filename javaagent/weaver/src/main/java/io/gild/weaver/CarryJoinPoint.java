package io.gild.weaver;

import io.gild.core.AgentCall;
import io.gild.core.CallReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RunnableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A method that takes tasks to run elsewhere or later; the tasks carry the current call.
 *
 * <p>The types of the parameters determine which of them are tasks. A task that the application may
 * see is not replaced, and its call is stored {@linkplain CarriedCalls beside} it; only a task that
 * stays inside the JDK is {@linkplain Carrier wrapped}.
 */
final class CarryJoinPoint extends EntryJoinPoint {

  /** How tasks are carried. */
  enum How {
    /** Always beside the task. */
    BESIDE,
    /** Wrapped, unless its class or identity matters. */
    WRAPPED
  }

  /** Carries one argument. */
  private interface Kind {
    Object carried(CallReference call, Object task);
  }

  private final @Nullable Kind[] kinds;
  private final boolean[] beside;
  private final CarriedCalls calls;
  private final Carrier carrier;

  /**
   * Creates the join point.
   *
   * @param descriptor of the method
   * @param calls stores the calls of tasks that are not wrapped
   * @param carrier wraps the other tasks
   * @param how how the tasks carry their calls
   */
  CarryJoinPoint(String descriptor, CarriedCalls calls, Carrier carrier, How how) {
    this.calls = calls;
    this.carrier = carrier;
    List<String> types = ClassNames.parameterTypes(descriptor);
    this.kinds = new @Nullable Kind[types.size()];
    this.beside = new boolean[types.size()];
    for (int i = 0; i < kinds.length; i++) {
      if (how == How.BESIDE) {
        beside[i] = isTask(types.get(i));
      } else {
        kinds[i] = kind(types.get(i));
      }
    }
  }

  private static boolean isTask(String type) {
    return switch (type) {
      case "Ljava/lang/Runnable;",
          "Ljava/util/TimerTask;",
          "Ljava/util/concurrent/ForkJoinTask;",
          "Ljava/util/concurrent/RunnableScheduledFuture;" ->
          true;
      default -> false;
    };
  }

  private @Nullable Kind kind(String type) {
    return switch (type) {
      case "Ljava/lang/Runnable;",
          "Ljava/util/concurrent/Callable;",
          "Ljava/util/function/Supplier;",
          "Ljava/util/function/Function;",
          "Ljava/util/function/Consumer;",
          "Ljava/util/concurrent/ForkJoinTask;" ->
          carrier::task;
      case "Ljava/util/Collection;" -> this::all;
      case "Ljava/util/function/BiFunction;", "Ljava/util/function/BiConsumer;" ->
          carrier::biFunction;
      default -> null;
    };
  }

  @Override
  @Nullable Object @Nullable [] entered(
      @Nullable AgentCall call, @Nullable Object self, @Nullable Object[] arguments) {
    if (kinds.length == 0 && self != null) {
      calls.add(self, call);
      return null;
    }
    boolean changed = false;
    for (int i = 0; i < kinds.length; i++) {
      Kind kind = kinds[i];
      Object task = arguments[i];
      if (task == null) {
        continue;
      }
      if (beside[i] || (kind != null && isKnown(task))) {
        if (!isThread(task)) {
          calls.add(task, call);
        }
      } else if (kind != null && call != null && !isThread(task) && !isSeen(self)) {
        arguments[i] = kind.carried(call.reference(), task);
        changed = true;
      }
    }
    return changed ? arguments : null;
  }

  /** Returns whether the JDK itself runs a task and recognizes it by its class. */
  private static boolean isKnown(Object task) {
    return task instanceof ForkJoinTask || task instanceof RunnableFuture;
  }

  /** A virtual thread that continues is a task of its carrier's pool, but not of the call. */
  private static boolean isThread(Object task) {
    return task.getClass().getName().startsWith("java.lang.");
  }

  /** Returns whether a pool shows its tasks to a thread factory of the application. */
  private static boolean isSeen(@Nullable Object pool) {
    if (pool == null || !pool.getClass().getName().equals(Pools.THREAD_PER_TASK)) {
      return false;
    }
    Object factory = PrivateFields.of(pool, "factory");
    return factory != null && factory.getClass().getClassLoader() != null;
  }

  private Object all(CallReference call, Object tasks) {
    List<@Nullable Object> all = new ArrayList<>();
    for (Object task : (Collection<?>) tasks) {
      all.add(task == null ? null : carrier.task(call, task));
    }
    return all;
  }
}

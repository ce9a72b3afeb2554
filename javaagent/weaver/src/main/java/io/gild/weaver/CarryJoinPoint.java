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
 * A method that takes tasks to be run elsewhere or later; they carry the present call there.
 *
 * <p>Which of the parameters are tasks is known by their types. A task stays what it is, with its
 * call {@linkplain CarriedCalls beside} it, wherever the application may come to see it; only what
 * the JDK keeps to itself is {@linkplain Carrier wrapped}.
 */
final class CarryJoinPoint extends EntryJoinPoint {

  /** How tasks are carried. */
  enum How {
    /** Beside, always. */
    BESIDE,
    /** Wrapped, unless somebody knows the task by what it is. */
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
   * @param calls knows the calls of tasks that are not wrapped
   * @param carrier wraps those that are
   * @param how what is done to tasks
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

  /** Returns whether a task is what the JDK runs by itself, and knows by its class. */
  private static boolean isKnown(Object task) {
    return task instanceof ForkJoinTask || task instanceof RunnableFuture;
  }

  /** A virtual thread that goes on is a task of its carrier's pool, but none of the call's. */
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

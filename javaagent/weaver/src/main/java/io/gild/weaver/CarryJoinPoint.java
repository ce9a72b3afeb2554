package io.gild.weaver;

import io.gild.core.AgentCall;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RunnableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A method that takes tasks to be run elsewhere or later; they carry the present call there.
 *
 * <p>Which of the parameters are tasks is told by their types. A task that others may know by its
 * identity or its order is left alone: what is inside of it carries the call.
 */
final class CarryJoinPoint implements JoinPoint {

  /** Carries one argument. */
  private interface Kind {
    Object carried(AgentCall call, Object task);
  }

  private final @Nullable Kind[] kinds;
  private final ForkedTasks forked;

  /**
   * Creates the join point.
   *
   * @param descriptor of the method
   * @param forked knows the calls of tasks that are not wrapped
   */
  CarryJoinPoint(String descriptor, ForkedTasks forked) {
    this.forked = forked;
    List<String> types = Names.parameterTypes(descriptor);
    this.kinds = new @Nullable Kind[types.size()];
    for (int i = 0; i < kinds.length; i++) {
      kinds[i] = kind(types.get(i));
    }
  }

  private @Nullable Kind kind(String type) {
    return switch (type) {
      case "Ljava/lang/Runnable;" -> this::task;
      case "Ljava/util/concurrent/Callable;" -> CarriedTask::callable;
      case "Ljava/util/concurrent/ForkJoinTask;" -> this::fork;
      case "Ljava/util/Collection;" -> CarryJoinPoint::all;
      case "Ljava/util/function/Supplier;" -> CarriedTask::supplier;
      case "Ljava/util/function/Function;" -> CarriedTask::function;
      case "Ljava/util/function/BiFunction;" -> CarriedTask::biFunction;
      case "Ljava/util/function/Consumer;" -> CarriedTask::consumer;
      case "Ljava/util/function/BiConsumer;" -> CarriedTask::biConsumer;
      default -> null;
    };
  }

  /** Tells which arguments to go on with; {@code null} if they stay as they are. */
  @Nullable Object @Nullable [] carry(
      AgentCall call, @Nullable Object self, @Nullable Object[] arguments) {
    if (kinds.length == 0 && self != null) {
      fork(call, self);
      return null;
    }
    for (int i = 0; i < kinds.length; i++) {
      Kind kind = kinds[i];
      Object task = arguments[i];
      if (kind != null && task != null) {
        arguments[i] = kind.carried(call, task);
      }
    }
    return arguments;
  }

  private Object task(AgentCall call, Object task) {
    if (task instanceof ForkJoinTask) {
      return fork(call, task);
    }
    boolean known = task instanceof RunnableFuture || task instanceof Comparable;
    return known || isThread(task) ? task : CarriedTask.runnable(call, task);
  }

  /** A virtual thread that goes on is a task of its carrier's pool, but none of the call's. */
  private static boolean isThread(Object task) {
    return task.getClass().getName().startsWith("java.lang.");
  }

  private Object fork(AgentCall call, Object task) {
    forked.add(task, call);
    return task;
  }

  private static Object all(AgentCall call, Object tasks) {
    List<Object> all = new ArrayList<>();
    for (Object task : (Collection<?>) tasks) {
      all.add(CarriedTask.callable(call, task));
    }
    return all;
  }

  @Override
  public @Nullable Object enter(
      @Nullable Object self, @Nullable Object[] arguments, @Nullable MethodHandle handle) {
    return null;
  }

  @Override
  public boolean wantsHandle() {
    return false;
  }
}

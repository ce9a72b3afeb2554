package io.gild.weaver;

import io.gild.core.AgentCall;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ThreadPoolExecutor;
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
  private final boolean shows;

  /**
   * Creates the join point.
   *
   * @param descriptor of the method
   * @param forked knows the calls of tasks that are not wrapped
   * @param shows whether code of the application may come to see the tasks: a pool's hooks, its
   *     order, its handler of rejected tasks
   */
  CarryJoinPoint(String descriptor, ForkedTasks forked, boolean shows) {
    this.forked = forked;
    this.shows = shows;
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
    boolean seen = shows && showsTasks(self);
    for (int i = 0; i < kinds.length; i++) {
      Kind kind = kinds[i];
      Object task = arguments[i];
      if (kind != null && task != null && (!seen || isFaceless(task))) {
        arguments[i] = kind.carried(call, task);
      }
    }
    return arguments;
  }

  /** Tells whether a pool is the application's own, or calls code that is. */
  private static boolean showsTasks(@Nullable Object pool) {
    if (pool == null) {
      return false;
    }
    if (pool instanceof ThreadPoolExecutor threads
        && (isForeign(threads.getRejectedExecutionHandler())
            || threads.getQueue() instanceof PriorityBlockingQueue)) {
      return true;
    }
    return pool instanceof Executor && isForeign(pool);
  }

  private static boolean isForeign(Object object) {
    return object.getClass().getClassLoader() != null;
  }

  /** Tells whether nobody can ask more of a task than to run: it is a lambda of the plain type. */
  private static boolean isFaceless(Object task) {
    Class<?> type = task.getClass();
    Class<?>[] interfaces = type.getInterfaces();
    return type.isHidden()
        && interfaces.length == 1
        && (interfaces[0] == Runnable.class || interfaces[0] == Callable.class);
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

package io.gild.weaver;

import io.gild.core.AgentCall;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A task that runs within the call it was begun in, if that call still runs; nothing of the call
 * stays on the thread behind it.
 *
 * <p>It is of the one kind that it was before, since pools ask tasks which kind they are.
 */
@SuppressWarnings("unchecked") // an erased function takes what its caller gives
final class CarriedTask implements Runnable {

  private final AgentCall call;
  private final Runnable task;

  private CarriedTask(AgentCall call, Runnable task) {
    this.call = call;
    this.task = task;
  }

  static Object runnable(AgentCall call, Object task) {
    return task instanceof CarriedTask ? task : new CarriedTask(call, (Runnable) task);
  }

  static Object callable(AgentCall call, Object task) {
    return task instanceof Carried ? task : new Carried(call, (Callable<?>) task);
  }

  static Object supplier(AgentCall call, Object function) {
    Supplier<?> plain = (Supplier<?>) function;
    return (Supplier<@Nullable Object>) () -> within(call, plain);
  }

  static Object function(AgentCall call, Object function) {
    Function<@Nullable Object, ?> plain = (Function<@Nullable Object, ?>) function;
    return (Function<@Nullable Object, @Nullable Object>)
        value -> within(call, () -> plain.apply(value));
  }

  static Object biFunction(AgentCall call, Object function) {
    BiFunction<@Nullable Object, @Nullable Object, ?> plain =
        (BiFunction<@Nullable Object, @Nullable Object, ?>) function;
    return (BiFunction<@Nullable Object, @Nullable Object, @Nullable Object>)
        (first, second) -> within(call, () -> plain.apply(first, second));
  }

  static Object consumer(AgentCall call, Object function) {
    Consumer<@Nullable Object> plain = (Consumer<@Nullable Object>) function;
    return (Consumer<@Nullable Object>)
        value -> new CarriedTask(call, () -> plain.accept(value)).run();
  }

  static Object biConsumer(AgentCall call, Object function) {
    BiConsumer<@Nullable Object, @Nullable Object> plain =
        (BiConsumer<@Nullable Object, @Nullable Object>) function;
    return (BiConsumer<@Nullable Object, @Nullable Object>)
        (first, second) -> new CarriedTask(call, () -> plain.accept(first, second)).run();
  }

  @Override
  public void run() {
    within(
        call,
        () -> {
          task.run();
          return null;
        });
  }

  private static @Nullable Object within(AgentCall call, Supplier<?> body) {
    AgentCall live = call.live();
    if (live == null) {
      return body.get();
    }
    AgentCall previous = live.join();
    try {
      return body.get();
    } finally {
      AgentCall.leave(previous);
    }
  }

  @Override
  public String toString() {
    return task.toString();
  }

  /** The same for a task that returns something. */
  private record Carried(AgentCall owner, Callable<?> task) implements Callable<@Nullable Object> {

    @Override
    public @Nullable Object call() throws Exception {
      AgentCall live = owner.live();
      if (live == null) {
        return task.call();
      }
      AgentCall previous = live.join();
      try {
        return task.call();
      } finally {
        AgentCall.leave(previous);
      }
    }
  }
}

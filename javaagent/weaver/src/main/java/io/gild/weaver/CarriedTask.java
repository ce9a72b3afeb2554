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
 */
@SuppressWarnings("unchecked") // an erased function takes what its caller gives
final class CarriedTask implements Runnable, Callable<@Nullable Object> {

  private final AgentCall call;
  private final Object task;

  private CarriedTask(AgentCall call, Object task) {
    this.call = call;
    this.task = task;
  }

  static Object runnable(AgentCall call, Object task) {
    return task instanceof CarriedTask ? task : new CarriedTask(call, task);
  }

  static Object callable(AgentCall call, Object task) {
    return runnable(call, task);
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
        value -> new CarriedTask(call, (Runnable) () -> plain.accept(value)).run();
  }

  static Object biConsumer(AgentCall call, Object function) {
    BiConsumer<@Nullable Object, @Nullable Object> plain =
        (BiConsumer<@Nullable Object, @Nullable Object>) function;
    return (BiConsumer<@Nullable Object, @Nullable Object>)
        (first, second) ->
            new CarriedTask(call, (Runnable) () -> plain.accept(first, second)).run();
  }

  @Override
  public void run() {
    within(
        call,
        () -> {
          ((Runnable) task).run();
          return null;
        });
  }

  @Override
  public @Nullable Object call() throws Exception {
    AgentCall live = call.live();
    if (live == null) {
      return ((Callable<?>) task).call();
    }
    AgentCall previous = live.join();
    try {
      return ((Callable<?>) task).call();
    } finally {
      AgentCall.leave(previous);
    }
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
}

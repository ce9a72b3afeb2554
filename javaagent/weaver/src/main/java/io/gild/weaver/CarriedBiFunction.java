package io.gild.weaver;

import io.gild.core.AgentCall;
import io.gild.core.CallContext;
import io.gild.core.CallReference;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A function or consumer of two arguments, carried like a {@link CarriedTask}. */
// Erasure makes the types irrelevant, and these functions are never chained.
@SuppressWarnings({"unchecked", "overloads"})
final class CarriedBiFunction
    implements BiFunction<@Nullable Object, @Nullable Object, @Nullable Object>,
        BiConsumer<@Nullable Object, @Nullable Object> {

  private final CallReference call;
  private final Object task;

  CarriedBiFunction(CallReference call, Object task) {
    this.call = call;
    this.task = task;
  }

  @Override
  public @Nullable Object apply(@Nullable Object first, @Nullable Object second) {
    BiFunction<@Nullable Object, @Nullable Object, ?> function =
        (BiFunction<@Nullable Object, @Nullable Object, ?>) task;
    AgentCall live = call.live();
    if (live == null) {
      return function.apply(first, second);
    }
    AgentCall previous = call.join(live);
    try {
      return function.apply(first, second);
    } finally {
      CallContext.leave(previous);
    }
  }

  @Override
  public void accept(@Nullable Object first, @Nullable Object second) {
    BiConsumer<@Nullable Object, @Nullable Object> consumer =
        (BiConsumer<@Nullable Object, @Nullable Object>) task;
    AgentCall live = call.live();
    if (live == null) {
      consumer.accept(first, second);
      return;
    }
    AgentCall previous = call.join(live);
    try {
      consumer.accept(first, second);
    } finally {
      CallContext.leave(previous);
    }
  }
}

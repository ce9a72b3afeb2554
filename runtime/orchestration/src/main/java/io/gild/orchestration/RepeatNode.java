package io.gild.orchestration;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Repeats a node with its own result until that is accepted. */
final class RepeatNode extends Node {

  private final Node body;
  private final Predicate<@Nullable Object> accepted;
  private final int most;
  private final boolean keepLast;

  RepeatNode(
      String name, Node body, Predicate<@Nullable Object> accepted, int most, boolean keepLast) {
    super(name);
    this.body = body;
    this.accepted = accepted;
    this.most = most;
    this.keepLast = keepLast;
  }

  @Override
  @Nullable Object run(Place place, @Nullable Object input) throws InterruptedException {
    Object value = input;
    for (int round = 1; round <= most; round++) {
      value = body.run(place.round(round), value);
      if (accepted.test(value)) {
        return value;
      }
    }
    if (keepLast) {
      return value;
    }
    throw new StepFailed(place.path(), "its result was not accepted in " + most + " rounds", null);
  }
}

package io.gild.orchestration;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Passes its input on when a person approves it. */
final class ApprovalNode extends Node {

  private final Function<@Nullable Object, String> question;

  ApprovalNode(String name, Function<@Nullable Object, String> question) {
    super(name);
    this.question = question;
  }

  @Override
  @Nullable Object run(Place place, @Nullable Object input) {
    Decision decision = place.run().steps().decision(place.path(), () -> question.apply(input));
    if (decision.approved()) {
      return input;
    }
    String comment = decision.comment().isEmpty() ? "" : ": " + decision.comment();
    throw new StepFailed(place.path(), decision.by() + " rejected it" + comment, null);
  }
}

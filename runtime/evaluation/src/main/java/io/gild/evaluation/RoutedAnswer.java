package io.gild.evaluation;

import io.gild.core.AnswerJudged;
import io.gild.core.CallDecision;
import io.gild.core.Events;
import io.gild.core.GildRuntime;
import io.gild.core.MethodSpec;
import io.gild.gates.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Notes to which model the current thread's call was routed, so that the router can learn from the
 * result of a golden task.
 */
final class RoutedAnswer implements AutoCloseable {

  private final Events events = GildRuntime.global().events();
  private final Thread thread = Thread.currentThread();
  private final AutoCloseable subscription;
  private @Nullable MethodSpec method;
  private @Nullable String model;

  RoutedAnswer() {
    this.subscription = events.subscribe(CallDecision.class, this::decided);
  }

  private void decided(CallDecision decision) {
    if (Thread.currentThread() != thread) {
      return;
    }
    Object chosen =
        switch (decision.code()) {
          case "routed" -> decision.facts().get("model");
          case "escalated", "failed_over" -> decision.facts().get("to");
          default -> null;
        };
    if (chosen != null) {
      method = decision.method();
      model = String.valueOf(chosen);
    }
  }

  /** Publishes whether the answer was good, if its call was routed. */
  void judged(String question, Outcome outcome) {
    boolean known = outcome == Outcome.PASSED || outcome == Outcome.FAILED;
    if (known && method != null && model != null) {
      events
          .channel(AnswerJudged.class)
          .publish(new AnswerJudged(method, question, model, outcome == Outcome.PASSED));
    }
  }

  @Override
  public void close() {
    try {
      subscription.close();
    } catch (Exception never) {
      throw new IllegalStateException(never);
    }
  }
}

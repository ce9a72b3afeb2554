package io.gild.orchestration;

import io.gild.core.CallProbe;

/** Attempts, money and tokens of one execution of a step; used by one thread at a time. */
final class StepMeasure {

  private CallProbe.Seen seen = CallProbe.Seen.NOTHING;
  private int attempts;

  void seen(CallProbe.Seen facts) {
    seen = seen.plus(facts);
  }

  void attempts(int more) {
    attempts += more;
  }

  int attempts() {
    return attempts;
  }

  long nanoUsd() {
    return seen.nanoUsd();
  }

  long tokens() {
    return seen.usage().inputTokens() + seen.usage().outputTokens();
  }
}

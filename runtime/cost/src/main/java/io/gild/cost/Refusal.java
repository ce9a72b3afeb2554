package io.gild.cost;

import io.gild.core.AgentCall;
import io.gild.core.RefusalReasons;

/** Recognizes answers that a provider refused to write, by the reason why the model stopped. */
final class Refusal {

  private Refusal() {}

  static boolean isIn(AgentCall call) {
    return RefusalReasons.contain(call.facts().finishReason());
  }
}

package io.gild.compiler;

import io.gild.compiler.AgentModel.Effect;
import io.gild.compiler.AgentModel.Method;

/** Finds policies that would run a side effect more than once. */
final class EffectCheck implements Check {

  @Override
  public void check(AgentModel agent, Diagnostics diagnostics) {
    for (Method method : agent.methods()) {
      if (method.effect() == Effect.SIDE_EFFECT) {
        check(method, diagnostics);
      }
    }
  }

  private static void check(Method method, Diagnostics diagnostics) {
    Mirror retry = method.policies().get(PolicyAnnotation.RETRY);
    if (retry != null && retry.number("maxAttempts") > 1) {
      diagnostics.onAnnotation(Message.RETRY_SIDE_EFFECT, method.element(), retry, method.label());
    }
    Mirror routed = method.policies().get(PolicyAnnotation.ROUTED);
    if (routed != null && routed.text("strategy").equals("CASCADE")) {
      diagnostics.onAttribute(
          Message.ROUTED_SIDE_EFFECT, method.element(), routed, "strategy", method.label());
    }
  }
}

package io.gild.compiler;

import io.gild.compiler.AgentModel.Effect;
import io.gild.compiler.AgentModel.Method;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;

/** Finds policies that would run a side effect more than once, or could not act on a method. */
final class EffectCheck implements Check {

  @Override
  public void check(AgentModel agent, Diagnostics diagnostics) {
    for (Method method : agent.methods()) {
      Mirror limit = method.policy("time-limit");
      if (limit != null && isSynchronized(method.element())) {
        diagnostics.onAnnotation(
            Message.TIME_LIMIT_SYNCHRONIZED, method.element(), limit, method.label());
      }
      if (method.effect() == Effect.SIDE_EFFECT) {
        check(method, diagnostics);
      }
    }
  }

  /** A stage completes after its method returned, so that a time limit still applies to it. */
  private static boolean isSynchronized(ExecutableElement method) {
    String returned = Descriptors.withoutAnnotations(method.getReturnType());
    return method.getModifiers().contains(Modifier.SYNCHRONIZED)
        && !returned.startsWith("java.util.concurrent.Complet");
  }

  private static void check(Method method, Diagnostics diagnostics) {
    Mirror retry = method.policy("retry");
    if (retry != null && retry.number("maxAttempts") > 1) {
      diagnostics.onAnnotation(Message.RETRY_SIDE_EFFECT, method.element(), retry, method.label());
    }
    Mirror routed = method.policy("route");
    if (routed != null && routed.text("strategy").equals("CASCADE")) {
      diagnostics.onAttribute(
          Message.ROUTED_SIDE_EFFECT, method.element(), routed, "strategy", method.label());
    }
  }
}

package io.gild.compiler;

import io.gild.compiler.AgentModel.Method;
import java.util.HashMap;
import java.util.Map;
import javax.lang.model.util.Elements;

/** Finds policies whose run-time module is not on the class path. */
final class ModulesCheck implements Check {

  private static final String SYNCHRONIZERS = "io.gild.synchronizers.Synchronizers";

  private final Elements elements;
  private final Map<String, Boolean> missing = new HashMap<>();

  ModulesCheck(Elements elements) {
    this.elements = elements;
  }

  @Override
  public void check(AgentModel agent, Diagnostics diagnostics) {
    if (isMissing(Names.WRAPPED_METHOD.canonicalName())) {
      diagnostics.onElement(Message.CORE_NO_MODULE, agent.type(), agent.type().getSimpleName());
    }
    for (Method method : agent.methods()) {
      for (PolicyAnnotation policy : method.policies()) {
        if (isMissing(policy.type())) {
          diagnostics.onAnnotation(
              Message.POLICY_NO_MODULE,
              policy.element(),
              policy.mirror(),
              policy.mirror().name(),
              policy.artifact());
        } else if (isShared(policy) && isMissing(SYNCHRONIZERS)) {
          diagnostics.onAttribute(
              Message.POLICY_NO_MODULE,
              policy.element(),
              policy.mirror(),
              "scope",
              policy.mirror().name() + "(scope = SHARED)",
              "io.gild:gild-synchronizers");
        }
      }
    }
  }

  private static boolean isShared(PolicyAnnotation policy) {
    return policy.key().equals("bulkhead") && policy.mirror().text("scope").equals("SHARED");
  }

  private boolean isMissing(String className) {
    return missing.computeIfAbsent(className, name -> elements.getTypeElement(name) == null);
  }
}

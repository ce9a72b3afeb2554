package io.gild.compiler;

import io.gild.compiler.AgentModel.Method;
import io.gild.compiler.AgentModel.Parameter;
import io.gild.compiler.AgentModel.Role;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.element.VariableElement;

/** Finds parameters that cannot play the role they are marked with. */
final class RolesCheck implements Check {

  @Override
  public void check(AgentModel agent, Diagnostics diagnostics) {
    for (Method method : agent.methods()) {
      Set<Role> seen = new HashSet<>();
      for (Parameter parameter : method.parameters()) {
        Mirror.of(parameter.element(), annotation(parameter.role()))
            .ifPresent(mirror -> check(parameter, mirror, method, seen, diagnostics));
      }
    }
  }

  private static void check(
      Parameter parameter, Mirror mirror, Method method, Set<Role> seen, Diagnostics diagnostics) {
    VariableElement element = parameter.element();
    if (!seen.add(parameter.role())) {
      diagnostics.onAnnotation(Message.ROLE_TWICE, element, mirror, mirror.name(), method.label());
    }
    if (parameter.role() == Role.MODEL
        && !Descriptors.withoutAnnotations(element.asType()).equals("java.lang.String")) {
      diagnostics.onAnnotation(
          Message.MODEL_NOT_STRING, element, mirror, Descriptors.simpleName(element.asType()));
    }
  }

  private static String annotation(Role role) {
    String name = role.name();
    return Names.ANNOTATIONS + name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }
}

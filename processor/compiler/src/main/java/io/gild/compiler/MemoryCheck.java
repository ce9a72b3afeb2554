package io.gild.compiler;

import io.gild.compiler.AgentModel.Method;
import io.gild.compiler.AgentModel.Parameter;
import io.gild.compiler.AgentModel.Role;
import java.util.List;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** Finds what cannot be remembered, and parameters that cannot receive memories. */
final class MemoryCheck implements Check {

  private final Consumed consumed;

  MemoryCheck(Consumed consumed) {
    this.consumed = consumed;
  }

  @Override
  public void check(AgentModel agent, Diagnostics diagnostics) {
    for (Method method : agent.methods()) {
      Mirror remember = method.policy("remember");
      if (remember != null) {
        checkRemember(method, remember, diagnostics);
      }
      for (Parameter parameter : method.parameters()) {
        if (parameter.role() == Role.RECALL) {
          check(parameter, "Recall", Message.RECALL_NO_PROMPT, method, diagnostics);
        } else if (parameter.role() == Role.EXPERIENCE) {
          check(parameter, "Experience", Message.EXPERIENCE_NO_PROMPT, method, diagnostics);
        }
      }
    }
  }

  private void checkRemember(Method method, Mirror remember, Diagnostics diagnostics) {
    boolean session = !remember.text("session").equals("false");
    boolean longTerm = !remember.text("longTerm").equals("false");
    TypeMirror returned = method.element().getReturnType();
    if (!hasRole(method, Role.PROMPT)) {
      report(Message.REMEMBER_NO_PROMPT, method, remember, diagnostics);
    }
    if (!session && !longTerm) {
      report(Message.REMEMBER_NOTHING, method, remember, diagnostics);
    }
    if (session && !hasRole(method, Role.SESSION)) {
      report(Message.REMEMBER_NO_SESSION, method, remember, diagnostics);
    }
    if (session && consumed.holds(returned)) {
      diagnostics.onAnnotation(
          Message.REMEMBER_STREAM,
          method.element(),
          remember,
          method.label(),
          Descriptors.simpleName(returned));
    }
  }

  private static void report(
      Message message, Method method, Mirror annotation, Diagnostics diagnostics) {
    diagnostics.onAnnotation(message, method.element(), annotation, method.label());
  }

  private static void check(
      Parameter parameter,
      String annotation,
      Message noPrompt,
      Method method,
      Diagnostics diagnostics) {
    TypeMirror type = parameter.element().asType();
    Mirror.of(parameter.element(), Names.ANNOTATIONS + annotation)
        .ifPresent(mirror -> {
          if (!hasRole(method, Role.PROMPT)) {
            diagnostics.onAnnotation(noPrompt, parameter.element(), mirror, method.label());
          }
          if (!takesTexts(type)) {
            diagnostics.onAnnotation(
                Message.MEMORY_WRONG_TYPE,
                parameter.element(),
                mirror,
                annotation,
                Descriptors.simpleName(type));
          }
        });
  }

  private static boolean hasRole(Method method, Role role) {
    return method.parameters().stream().anyMatch(each -> each.role() == role);
  }

  private static boolean takesTexts(TypeMirror type) {
    String name = Descriptors.withoutAnnotations(type);
    if (name.equals("java.lang.String")) {
      return true;
    }
    List<? extends TypeMirror> items =
        type instanceof DeclaredType declared ? declared.getTypeArguments() : List.of();
    return name.equals("java.util.List")
        && items.size() == 1
        && Descriptors.withoutAnnotations(items.get(0)).equals("java.lang.String");
  }
}

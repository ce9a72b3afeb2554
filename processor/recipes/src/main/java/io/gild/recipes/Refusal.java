package io.gild.recipes;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openrewrite.Cursor;
import org.openrewrite.java.tree.J;

/** The reasons for which a class that reaches a model is left as it is. */
final class Refusal {

  private Refusal() {}

  /** Returns the reason, or {@code null} if the class can be changed. */
  static @Nullable String of(J.ClassDeclaration type, List<AgentMethod> methods, Cursor cursor) {
    if (type.getLeadingAnnotations().stream()
        .anyMatch(each -> each.getSimpleName().equals("Generated"))) {
      return "generated code: change its generator, or name the method in gild.yaml";
    }
    if (type.getKind() == J.ClassDeclaration.Kind.Type.Interface) {
      return "an interface whose default methods call the model: name the method in gild.yaml and"
          + " attach the javaagent";
    }
    if (isLocal(cursor)) {
      return "a local class, which the weave goal cannot govern: move it out of its method";
    }
    if (methods.stream().noneMatch(AgentMethod::canBeGoverned)) {
      return methods.stream().anyMatch(AgentMethod::isMain)
          ? "only main calls the model: move the call into a method of its own"
          : "only private methods or constructors call the model: name the method in gild.yaml and"
              + " attach the javaagent";
    }
    return null;
  }

  private static boolean isLocal(Cursor cursor) {
    Cursor parent = cursor.getParent();
    for (Cursor each = parent; each != null; each = each.getParent()) {
      if (each.getValue() instanceof J.MethodDeclaration
          || each.getValue() instanceof J.NewClass
          || each.getValue() instanceof J.Lambda) {
        return true;
      }
    }
    return false;
  }
}

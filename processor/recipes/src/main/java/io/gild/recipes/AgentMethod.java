package io.gild.recipes;

import org.openrewrite.java.tree.J;

/**
 * A method that reaches a model.
 *
 * @param declaration the method
 * @param call the first call by which it, or a method of its class that it calls, reaches the model
 */
record AgentMethod(J.MethodDeclaration declaration, ModelCall call) {

  String name() {
    return declaration.getSimpleName();
  }

  boolean isPrivate() {
    return declaration.hasModifier(J.Modifier.Type.Private);
  }

  boolean isMain() {
    return name().equals("main") && declaration.hasModifier(J.Modifier.Type.Static);
  }

  /** Returns whether a policy can stand at the method. */
  boolean canBeGoverned() {
    return !isPrivate() && !isMain() && !declaration.isConstructor();
  }
}

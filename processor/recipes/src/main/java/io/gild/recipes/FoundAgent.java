package io.gild.recipes;

import java.util.List;
import org.openrewrite.Cursor;
import org.openrewrite.java.tree.J;

/**
 * A class that reaches a model, as its source was before any change.
 *
 * @param name the agent's name; empty if the class is left as it is
 * @param refusal why it is left as it is; empty if it is not
 */
record FoundAgent(
    String packageName,
    String className,
    String name,
    J.ClassDeclaration type,
    List<AgentMethod> methods,
    SourceTypes types,
    Cursor cursor,
    String refusal) {

  String qualifiedName() {
    return packageName.isEmpty() ? className : packageName + "." + className;
  }
}

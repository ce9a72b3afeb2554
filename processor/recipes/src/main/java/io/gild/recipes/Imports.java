package io.gild.recipes;

import java.util.ArrayList;
import java.util.List;
import org.openrewrite.Tree;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JLeftPadded;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Space;
import org.openrewrite.java.tree.TypeTree;
import org.openrewrite.marker.Markers;

/** Adds imports in the order of their names; no other import moves. */
final class Imports {

  private Imports() {}

  static J.CompilationUnit add(J.CompilationUnit source, String qualifiedName) {
    List<J.Import> imports = new ArrayList<>(source.getImports());
    if (imports.isEmpty()) {
      boolean first = source.getPackageDeclaration() == null;
      imports.add(create(qualifiedName, Space.format(first ? "" : "\n\n")));
      return separated(source.withImports(imports));
    }
    int place = 0;
    for (int i = 0; i < imports.size(); i++) {
      J.Import each = imports.get(i);
      if (!each.isStatic() && each.getTypeName().compareTo(qualifiedName) < 0) {
        place = i + 1;
      }
    }
    if (place == 0) {
      Space before = imports.get(0).getPrefix();
      imports.set(0, imports.get(0).withPrefix(Space.format("\n")));
      imports.add(0, create(qualifiedName, before));
    } else {
      imports.add(place, create(qualifiedName, Space.format("\n")));
    }
    return source.withImports(imports);
  }

  /** Returns a source with its first type on a line of its own. */
  private static J.CompilationUnit separated(J.CompilationUnit source) {
    if (source.getClasses().isEmpty()) {
      return source;
    }
    List<J.ClassDeclaration> types = new ArrayList<>(source.getClasses());
    Space prefix = types.get(0).getPrefix();
    if (prefix.getWhitespace().startsWith("\n\n")) {
      return source;
    }
    types.set(0, types.get(0).withPrefix(prefix.withWhitespace("\n\n")));
    return source.withClasses(types);
  }

  private static J.Import create(String qualifiedName, Space prefix) {
    Expression name = TypeTree.build(qualifiedName);
    return new J.Import(
        Tree.randomId(),
        prefix,
        Markers.EMPTY,
        new JLeftPadded<>(Space.EMPTY, Boolean.FALSE, Markers.EMPTY),
        ((J.FieldAccess) name)
            .withPrefix(Space.SINGLE_SPACE)
            .withType(JavaType.ShallowClass.build(qualifiedName)),
        null);
  }
}

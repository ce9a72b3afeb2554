package io.gild.recipes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JavaSourceFile;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.TypeTree;
import org.openrewrite.java.tree.TypeUtils;

/**
 * The qualified names of the types of one source. Types that the parser did not find on its class
 * path are named by the imports.
 */
final class SourceTypes {

  private final Map<String, String> imports = new HashMap<>();
  private final List<String> packages = new ArrayList<>();

  SourceTypes(JavaSourceFile source) {
    for (J.Import each : source.getImports()) {
      String name = each.getQualid().getSimpleName();
      if (each.isStatic()) {
        continue;
      }
      if (name.equals("*")) {
        packages.add(each.getPackageName());
      } else {
        imports.put(name, each.getTypeName().replace('$', '.'));
      }
    }
  }

  /** Returns the name under which a simple name was imported. */
  @Nullable String imported(String simpleName) {
    return imports.get(simpleName);
  }

  /** Returns the qualified name of a type as far as it is known, or else its name as written. */
  String name(@Nullable TypeTree tree) {
    if (tree == null) {
      return "";
    }
    String known = known(tree.getType());
    return known.isEmpty() ? resolve(tree.toString()) : known;
  }

  /** Returns the qualified name of a resolved type, or an empty text. */
  static String known(@Nullable JavaType type) {
    JavaType.FullyQualified found = TypeUtils.asFullyQualified(type);
    return found == null || found instanceof JavaType.Unknown ? "" : found.getFullyQualifiedName();
  }

  private String resolve(String written) {
    String text = written.strip();
    int generic = text.indexOf('<');
    text = generic < 0 ? text : text.substring(0, generic);
    int dot = text.indexOf('.');
    String first = dot < 0 ? text : text.substring(0, dot);
    String rest = dot < 0 ? "" : text.substring(dot);
    String imported = imports.get(first);
    if (imported != null) {
      return imported + rest;
    }
    if (dot < 0 && !text.isEmpty() && Character.isUpperCase(text.charAt(0))) {
      for (String each : packages) {
        if (isOfLibrary(each + "." + text)) {
          return each + "." + text;
        }
      }
    }
    return text;
  }

  private static boolean isOfLibrary(String name) {
    for (ModelLibrary library : ModelLibrary.values()) {
      if (library.isType(name)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the type of the value with which a chain of calls begins, or an empty text. */
  String root(@Nullable Expression expression, Map<String, String> variables) {
    Expression root = expression;
    while (true) {
      if (root instanceof J.MethodInvocation call && call.getSelect() != null) {
        root = call.getSelect();
      } else if (root instanceof J.FieldAccess access && !isThis(access.getTarget())) {
        String whole = resolve(access.toString());
        if (isOfLibrary(whole)) {
          return whole;
        }
        root = access.getTarget();
      } else if (root instanceof J.Parentheses<?> inner
          && inner.getTree() instanceof Expression within) {
        root = within;
      } else {
        return leaf(root, variables);
      }
    }
  }

  private String leaf(@Nullable Expression root, Map<String, String> variables) {
    if (root instanceof J.FieldAccess access) {
      return variables.getOrDefault(access.getSimpleName(), "");
    }
    if (root instanceof J.Identifier identifier) {
      String declared = variables.get(identifier.getSimpleName());
      return declared == null ? resolve(identifier.getSimpleName()) : declared;
    }
    if (root instanceof J.NewClass created) {
      return name(created.getClazz());
    }
    if (root instanceof J.MethodInvocation own) {
      return variables.getOrDefault(own.getSimpleName() + "()", "");
    }
    if (root instanceof J.TypeCast cast) {
      return name(cast.getClazz().getTree());
    }
    return "";
  }

  static boolean isThis(Expression expression) {
    return expression instanceof J.Identifier identifier
        && identifier.getSimpleName().equals("this");
  }
}

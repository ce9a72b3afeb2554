package io.gild.recipes;

import java.util.ArrayList;
import java.util.List;
import org.openrewrite.Tree;
import org.openrewrite.java.JavaIsoVisitor;
import org.openrewrite.java.tree.Expression;
import org.openrewrite.java.tree.J;
import org.openrewrite.java.tree.JContainer;
import org.openrewrite.java.tree.JLeftPadded;
import org.openrewrite.java.tree.JRightPadded;
import org.openrewrite.java.tree.JavaSourceFile;
import org.openrewrite.java.tree.JavaType;
import org.openrewrite.java.tree.Space;
import org.openrewrite.marker.Markers;

/** Creates annotations of Gild, and finds those that a source has. */
final class Annotations {

  static final String PACKAGE = "io.gild.annotations";

  private Annotations() {}

  /** Returns whether an element has an annotation of Gild. */
  static boolean has(List<J.Annotation> annotations, String simpleName) {
    return annotations.stream().anyMatch(each -> isNamed(each, simpleName));
  }

  static boolean isNamed(J.Annotation annotation, String simpleName) {
    String name = annotation.getAnnotationType().toString();
    return name.equals(simpleName) || name.equals(PACKAGE + "." + simpleName);
  }

  /**
   * Returns whether the simple name means something else in a source, so that the annotation needs
   * its qualified name.
   */
  static boolean isTaken(JavaSourceFile source, SourceTypes types, String simpleName) {
    String imported = types.imported(simpleName);
    if (imported != null) {
      return !imported.equals(PACKAGE + "." + simpleName);
    }
    boolean[] used = {false};
    new JavaIsoVisitor<Integer>() {
      @Override
      public J.Identifier visitIdentifier(J.Identifier identifier, Integer context) {
        used[0] |= identifier.getSimpleName().equals(simpleName);
        return identifier;
      }
    }.visit(source, 0);
    return used[0];
  }

  /**
   * Creates an annotation.
   *
   * @param qualified whether its name is written in full
   * @param arguments each as {@code name = "value"} has it: an attribute and a Java expression
   */
  static J.Annotation create(String simpleName, boolean qualified, List<Argument> arguments) {
    JavaType type = JavaType.ShallowClass.build(PACKAGE + "." + simpleName);
    String written = qualified ? PACKAGE + "." + simpleName : simpleName;
    List<JRightPadded<Expression>> values = new ArrayList<>();
    for (Argument each : arguments) {
      Space before = values.isEmpty() ? Space.EMPTY : Space.SINGLE_SPACE;
      values.add(JRightPadded.build(each.assignment(before)));
    }
    return new J.Annotation(
        Tree.randomId(),
        Space.EMPTY,
        Markers.EMPTY,
        identifier(written, type, Space.EMPTY),
        values.isEmpty() ? null : JContainer.build(Space.EMPTY, values, Markers.EMPTY));
  }

  private static J.Identifier identifier(String name, JavaType type, Space prefix) {
    return new J.Identifier(Tree.randomId(), prefix, Markers.EMPTY, List.of(), name, type, null);
  }

  /**
   * An attribute and its value.
   *
   * @param name the attribute
   * @param source the value as Java writes it
   */
  record Argument(String name, String source) {

    static Argument text(String name, String value) {
      return new Argument(name, "\"" + value + "\"");
    }

    private Expression assignment(Space before) {
      J.Literal value =
          new J.Literal(
              Tree.randomId(),
              Space.SINGLE_SPACE,
              Markers.EMPTY,
              source,
              source,
              null,
              JavaType.Primitive.String);
      return new J.Assignment(
          Tree.randomId(),
          before,
          Markers.EMPTY,
          identifier(name, JavaType.Primitive.String, Space.EMPTY),
          new JLeftPadded<>(Space.SINGLE_SPACE, value, Markers.EMPTY),
          JavaType.Primitive.String);
    }
  }

  /** Returns a class with an annotation in front. */
  static J.ClassDeclaration add(J.ClassDeclaration type, J.Annotation annotation) {
    Space next = Space.format("\n" + type.getPrefix().getIndent());
    J.ClassDeclaration moved = type;
    List<J.Annotation> annotations = new ArrayList<>(type.getLeadingAnnotations());
    if (!annotations.isEmpty()) {
      annotations.set(0, annotations.get(0).withPrefix(next));
    } else if (!type.getModifiers().isEmpty()) {
      moved = type.withModifiers(first(type.getModifiers(), next));
    } else {
      moved = type.getPadding().withKind(type.getPadding().getKind().withPrefix(next));
    }
    annotations.add(0, annotation);
    return moved.withLeadingAnnotations(annotations);
  }

  /** Returns a method with an annotation in front. */
  static J.MethodDeclaration add(J.MethodDeclaration method, J.Annotation annotation) {
    Space next = Space.format("\n" + method.getPrefix().getIndent());
    J.MethodDeclaration moved = method;
    List<J.Annotation> annotations = new ArrayList<>(method.getLeadingAnnotations());
    if (!annotations.isEmpty()) {
      annotations.set(0, annotations.get(0).withPrefix(next));
    } else if (!method.getModifiers().isEmpty()) {
      moved = method.withModifiers(first(method.getModifiers(), next));
    } else if (method.getPadding().getTypeParameters() != null) {
      moved =
          method
              .getAnnotations()
              .withTypeParameters(
                  method.getAnnotations().getTypeParameters() == null
                      ? null
                      : method.getAnnotations().getTypeParameters().withPrefix(next));
    } else if (method.getReturnTypeExpression() != null) {
      moved = method.withReturnTypeExpression(method.getReturnTypeExpression().withPrefix(next));
    } else {
      moved = method.withName(method.getName().withPrefix(next));
    }
    annotations.add(0, annotation);
    return moved.withLeadingAnnotations(annotations);
  }

  private static List<J.Modifier> first(List<J.Modifier> modifiers, Space prefix) {
    List<J.Modifier> changed = new ArrayList<>(modifiers);
    changed.set(0, changed.get(0).withPrefix(prefix));
    return changed;
  }
}

package io.gild.compiler;

import java.util.List;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Compares the types of steps. {@code null} is a type that is unknown after another mistake. */
final class StepTypes {

  private static final List<String> LATER =
      List.of("java.util.concurrent.CompletionStage", "java.util.concurrent.Future");

  private final Elements elements;
  private final Types types;

  StepTypes(ProcessingEnvironment environment) {
    elements = environment.getElementUtils();
    types = environment.getTypeUtils();
  }

  TypeMirror nothing() {
    return types.getNoType(TypeKind.VOID);
  }

  TypeMirror text() {
    return elements.getTypeElement("java.lang.String").asType();
  }

  /** Returns a class by its name; {@code null} if it is not on the class path. */
  @Nullable TypeMirror named(String name) {
    TypeElement type = elements.getTypeElement(name);
    return type == null ? null : type.asType();
  }

  /** Returns whether a step that takes one type can be given another one. */
  boolean fits(@Nullable TypeMirror given, @Nullable TypeMirror taken) {
    if (given == null || taken == null || taken.getKind() == TypeKind.VOID) {
      return true;
    }
    if (given.getKind() == TypeKind.VOID) {
      return false;
    }
    return isOpen(given) || isOpen(taken)
        ? types.isAssignable(types.erasure(given), types.erasure(taken))
        : types.isAssignable(given, taken);
  }

  private static boolean isOpen(TypeMirror type) {
    if (type instanceof ArrayType array) {
      return isOpen(array.getComponentType());
    }
    return type.getKind() == TypeKind.TYPEVAR
        || type instanceof DeclaredType declared
            && declared.getTypeArguments().stream()
                .anyMatch(each -> each.getKind() == TypeKind.WILDCARD || isOpen(each));
  }

  boolean is(TypeMirror type, String name) {
    return Descriptors.withoutAnnotations(type).equals(name);
  }

  /** Returns what a step passes on: the value of what comes later. */
  @Nullable TypeMirror awaited(TypeMirror returned) {
    for (String later : LATER) {
      TypeElement type = elements.getTypeElement(later);
      if (returned.getKind() == TypeKind.DECLARED
          && types.isSubtype(types.erasure(returned), types.erasure(type.asType()))) {
        return argument(returned);
      }
    }
    return returned;
  }

  /** Returns what a run returns whose method returns this. */
  @Nullable TypeMirror result(TypeMirror returned) {
    return is(returned, Names.ORCHESTRATION + "WorkflowRun")
        ? argument(returned)
        : awaited(returned);
  }

  /** Returns the only type argument; {@code null} if there is none that is known. */
  @Nullable TypeMirror argument(TypeMirror type) {
    return type instanceof DeclaredType declared
            && declared.getTypeArguments().size() == 1
            && declared.getTypeArguments().get(0).getKind() != TypeKind.WILDCARD
        ? declared.getTypeArguments().get(0)
        : null;
  }

  boolean isList(TypeMirror type) {
    TypeElement list = elements.getTypeElement("java.util.List");
    return type.getKind() == TypeKind.DECLARED
        && types.isAssignable(types.erasure(list.asType()), types.erasure(type));
  }

  static String name(@Nullable TypeMirror type) {
    return type == null || type.getKind() == TypeKind.VOID
        ? "nothing"
        : Descriptors.simpleName(type);
  }
}

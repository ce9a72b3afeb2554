package io.gild.compiler;

import java.util.Locale;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Writes erased types the way the JVM names them. */
final class Descriptors {

  private final Elements elements;
  private final Types types;

  Descriptors(ProcessingEnvironment environment) {
    this.elements = environment.getElementUtils();
    this.types = environment.getTypeUtils();
  }

  /** Returns a descriptor such as {@code (Ljava/lang/String;I)V}. */
  String of(ExecutableElement method) {
    StringBuilder descriptor = new StringBuilder("(");
    method.getParameters().forEach(parameter -> descriptor.append(of(parameter.asType())));
    return descriptor.append(')').append(of(method.getReturnType())).toString();
  }

  /** Returns the binary name of the erased type, with {@code []} behind arrays. */
  String binaryName(TypeMirror type) {
    TypeMirror erased = types.erasure(type);
    if (erased instanceof ArrayType array) {
      return binaryName(array.getComponentType()) + "[]";
    }
    return erased instanceof DeclaredType declared
        ? elements.getBinaryName((TypeElement) declared.asElement()).toString()
        : erased.getKind().name().toLowerCase(Locale.ROOT);
  }

  /** Returns the type as in source code, without packages. */
  static String simpleName(TypeMirror type) {
    if (type instanceof ArrayType array) {
      return simpleName(array.getComponentType()) + "[]";
    }
    if (type instanceof DeclaredType declared) {
      Element element = declared.asElement();
      StringBuilder name = new StringBuilder(element.getSimpleName());
      String separator = "<";
      for (TypeMirror argument : declared.getTypeArguments()) {
        name.append(separator).append(simpleName(argument));
        separator = ", ";
      }
      return name.append(declared.getTypeArguments().isEmpty() ? "" : ">").toString();
    }
    if (type instanceof WildcardType wildcard) {
      TypeMirror upper = wildcard.getExtendsBound();
      TypeMirror lower = wildcard.getSuperBound();
      return upper != null
          ? "? extends " + simpleName(upper)
          : lower != null ? "? super " + simpleName(lower) : "?";
    }
    return type instanceof TypeVariable variable
        ? variable.asElement().getSimpleName().toString()
        : withoutAnnotations(type);
  }

  /** Returns the qualified name of a class, or the type as it prints. */
  static String withoutAnnotations(TypeMirror type) {
    if (type instanceof DeclaredType declared) {
      return ((TypeElement) declared.asElement()).getQualifiedName().toString();
    }
    return type.getKind().isPrimitive() || type.getKind() == TypeKind.VOID
        ? type.getKind().name().toLowerCase(Locale.ROOT)
        : type.toString();
  }

  private String of(TypeMirror type) {
    TypeMirror erased = types.erasure(type);
    return switch (erased.getKind()) {
      case BOOLEAN -> "Z";
      case BYTE -> "B";
      case SHORT -> "S";
      case INT -> "I";
      case LONG -> "J";
      case CHAR -> "C";
      case FLOAT -> "F";
      case DOUBLE -> "D";
      case VOID -> "V";
      case ARRAY -> "[" + of(((ArrayType) erased).getComponentType());
      default -> "L" + binaryName(erased).replace('.', '/') + ";";
    };
  }
}

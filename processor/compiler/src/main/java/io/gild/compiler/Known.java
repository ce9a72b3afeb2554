package io.gild.compiler;

import java.util.List;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import org.jspecify.annotations.Nullable;

/**
 * Says whether the compiler knows all that a type is declared with, as far as agents are made of
 * it. What it does not know is a mistake that it reports itself, or another processor's to write.
 */
final class Known {

  /** What compilers give as the value of an annotation that they cannot make out. */
  private static final String UNKNOWN = "<error>";

  private Known() {}

  static boolean isKnown(TypeElement type) {
    if (!areAnnotationsKnown(type)
        || !isKnown(type.getSuperclass())
        || !areKnown(type.getInterfaces())
        || !areParametersKnown(type.getTypeParameters())) {
      return false;
    }
    for (Element member : type.getEnclosedElements()) {
      if (member instanceof ExecutableElement method && !isKnown(method)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isKnown(ExecutableElement method) {
    if (!areAnnotationsKnown(method)
        || !isKnown(method.getReturnType())
        || !areKnown(method.getThrownTypes())
        || !areParametersKnown(method.getTypeParameters())) {
      return false;
    }
    for (VariableElement parameter : method.getParameters()) {
      if (!isKnown(parameter.asType()) || !areAnnotationsKnown(parameter)) {
        return false;
      }
    }
    return true;
  }

  private static boolean areParametersKnown(List<? extends TypeParameterElement> parameters) {
    for (TypeParameterElement parameter : parameters) {
      if (!areKnown(parameter.getBounds())) {
        return false;
      }
    }
    return true;
  }

  private static boolean areKnown(List<? extends TypeMirror> types) {
    for (TypeMirror type : types) {
      if (!isKnown(type)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isKnown(@Nullable TypeMirror type) {
    if (type == null) {
      return true;
    }
    if (type.getKind() == TypeKind.ERROR) {
      return false;
    }
    if (type instanceof ArrayType array) {
      return isKnown(array.getComponentType());
    }
    if (type instanceof DeclaredType declared) {
      return areKnown(declared.getTypeArguments());
    }
    if (type instanceof WildcardType wildcard) {
      return isKnown(wildcard.getExtendsBound()) && isKnown(wildcard.getSuperBound());
    }
    return !(type instanceof IntersectionType intersection) || areKnown(intersection.getBounds());
  }

  private static boolean areAnnotationsKnown(Element element) {
    for (AnnotationMirror annotation : element.getAnnotationMirrors()) {
      if (!isKnown(annotation)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isKnown(AnnotationMirror annotation) {
    if (!isKnown(annotation.getAnnotationType())) {
      return false;
    }
    for (AnnotationValue value : annotation.getElementValues().values()) {
      if (!isKnownValue(value.getValue())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isKnownValue(Object value) {
    if (value instanceof TypeMirror type) {
      return isKnown(type);
    }
    if (value instanceof AnnotationMirror annotation) {
      return isKnown(annotation);
    }
    if (value instanceof List<?> items) {
      for (Object item : items) {
        if (!isKnownValue(((AnnotationValue) item).getValue())) {
          return false;
        }
      }
      return true;
    }
    return !value.equals(UNKNOWN);
  }
}

package io.gild.compiler;

import io.gild.config.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Checks which plain values can become objects of which types when a golden task is run. */
final class GoldenValues {

  /** Whether a value can be of a type. */
  enum Fit {
    YES,
    NO,
    /** No value can be. */
    UNSUPPORTED
  }

  private static final Set<String> TEXT =
      Set.of("java.lang.String", "java.lang.CharSequence", "java.lang.Object");
  private static final Set<String> LISTS =
      Set.of(
          "java.util.List",
          "java.util.Collection",
          "java.lang.Iterable",
          "java.util.Set",
          "java.util.Optional");

  /** The names of static methods that create an object from a text, by convention of the JDK. */
  private static final Set<String> FACTORIES =
      Set.of("valueOf", "of", "parse", "from", "fromString", "create");

  private static final Set<String> BOXES =
      Set.of(
          "java.lang.Boolean",
          "java.lang.Byte",
          "java.lang.Character",
          "java.lang.Double",
          "java.lang.Float",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Short");

  private final Types types;

  GoldenValues(ProcessingEnvironment environment) {
    this.types = environment.getTypeUtils();
  }

  Fit fit(@Nullable Object value, TypeMirror type) {
    if (value == null) {
      return type.getKind().isPrimitive() ? Fit.NO : Fit.YES;
    }
    TypeMirror unboxed = unboxed(type);
    String name = Descriptors.withoutAnnotations(types.erasure(unboxed));
    if (name.equals("java.lang.Object") || TEXT.contains(name) && isScalar(value)) {
      return Fit.YES;
    }
    if (isEnum(type)) {
      return yes(constants(type).contains(value.toString()));
    }
    if (unboxed.getKind().isPrimitive()) {
      return yes(isPrimitive(value.toString(), unboxed.getKind()) && isScalar(value));
    }
    if (LISTS.contains(name) || type instanceof ArrayType) {
      return list(value, type);
    }
    if (name.equals("java.util.Map")) {
      return map(value, type);
    }
    if (type instanceof DeclaredType declared) {
      return object(value, (TypeElement) declared.asElement());
    }
    return type.getKind() == TypeKind.TYPEVAR ? Fit.YES : Fit.UNSUPPORTED;
  }

  /** Returns whether no value of a type has this text. */
  boolean isNever(String text, TypeMirror type) {
    if (isEnum(type)) {
      return !constants(type).contains(text);
    }
    TypeMirror unboxed = unboxed(type);
    return unboxed.getKind().isPrimitive() && !isPrimitive(text, unboxed.getKind());
  }

  List<String> constants(TypeMirror type) {
    if (!isEnum(type)) {
      return List.of();
    }
    return ((DeclaredType) type)
        .asElement().getEnclosedElements().stream()
            .filter(each -> each.getKind() == ElementKind.ENUM_CONSTANT)
            .map(Element::getSimpleName)
            .map(Object::toString)
            .toList();
  }

  private Fit list(Object value, TypeMirror type) {
    TypeMirror item =
        type instanceof ArrayType array ? array.getComponentType() : argument(type, 0);
    if (!(structured(value) instanceof List<?> list)) {
      return Fit.NO;
    }
    for (Object each : list) {
      Fit fit = item == null ? Fit.YES : fit(each, item);
      if (fit != Fit.YES) {
        return fit;
      }
    }
    return Fit.YES;
  }

  private Fit map(Object value, TypeMirror type) {
    if (!(structured(value) instanceof Map<?, ?> map)) {
      return Fit.NO;
    }
    TypeMirror key = argument(type, 0);
    TypeMirror item = argument(type, 1);
    for (Map.Entry<?, ?> each : map.entrySet()) {
      if (key != null && fit(each.getKey(), key) != Fit.YES
          || item != null && fit(each.getValue(), item) != Fit.YES) {
        return Fit.NO;
      }
    }
    return Fit.YES;
  }

  private Fit object(Object value, TypeElement type) {
    if (isMadeOfText(type)) {
      return yes(isScalar(value));
    }
    if (type.getKind() != ElementKind.RECORD) {
      return Fit.UNSUPPORTED;
    }
    if (!(structured(value) instanceof Map<?, ?> map)) {
      return Fit.NO;
    }
    List<? extends RecordComponentElement> components = type.getRecordComponents();
    for (Object key : map.keySet()) {
      if (components.stream()
          .noneMatch(each -> each.getSimpleName().contentEquals(key.toString()))) {
        return Fit.NO;
      }
    }
    for (RecordComponentElement component : components) {
      Fit fit = fit(map.get(component.getSimpleName().toString()), component.asType());
      if (fit != Fit.YES) {
        return fit;
      }
    }
    return Fit.YES;
  }

  /** A text may be the JSON of a value, since annotations can contain only texts. */
  private static @Nullable Object structured(Object value) {
    if (!(value instanceof String text)) {
      return value;
    }
    try {
      return Json.read(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private boolean isMadeOfText(TypeElement type) {
    for (ExecutableElement method : ElementFilter.methodsIn(type.getEnclosedElements())) {
      if (method.getModifiers().containsAll(Set.of(Modifier.PUBLIC, Modifier.STATIC))
          && FACTORIES.contains(method.getSimpleName().toString())
          && takesText(method)
          && types.isSameType(
              types.erasure(method.getReturnType()), types.erasure(type.asType()))) {
        return true;
      }
    }
    for (ExecutableElement constructor : ElementFilter.constructorsIn(type.getEnclosedElements())) {
      if (constructor.getModifiers().contains(Modifier.PUBLIC) && takesText(constructor)) {
        return type.getKind() != ElementKind.RECORD
            && !type.getModifiers().contains(Modifier.ABSTRACT);
      }
    }
    return false;
  }

  private static boolean takesText(ExecutableElement method) {
    List<? extends VariableElement> parameters = method.getParameters();
    if (parameters.size() != 1) {
      return false;
    }
    String type = Descriptors.withoutAnnotations(parameters.get(0).asType());
    return type.equals("java.lang.String") || type.equals("java.lang.CharSequence");
  }

  private static @Nullable TypeMirror argument(TypeMirror type, int index) {
    List<? extends TypeMirror> arguments =
        type instanceof DeclaredType declared ? declared.getTypeArguments() : List.of();
    return index < arguments.size() && arguments.get(index).getKind() != TypeKind.WILDCARD
        ? arguments.get(index)
        : null;
  }

  private static boolean isScalar(Object value) {
    return value instanceof String || value instanceof Number || value instanceof Boolean;
  }

  private static boolean isPrimitive(String text, TypeKind kind) {
    try {
      switch (kind) {
        case BOOLEAN -> {
          return text.equals("true") || text.equals("false");
        }
        case CHAR -> {
          return text.length() == 1;
        }
        case BYTE -> new BigDecimal(text).byteValueExact();
        case SHORT -> new BigDecimal(text).shortValueExact();
        case INT -> new BigDecimal(text).intValueExact();
        case LONG -> new BigDecimal(text).longValueExact();
        default -> new BigDecimal(text);
      }
      return true;
    } catch (ArithmeticException | NumberFormatException e) {
      return false;
    }
  }

  private TypeMirror unboxed(TypeMirror type) {
    boolean boxed = BOXES.contains(Descriptors.withoutAnnotations(type));
    return boxed ? types.unboxedType(type) : type;
  }

  private static boolean isEnum(TypeMirror type) {
    return type instanceof DeclaredType declared
        && declared.asElement().getKind() == ElementKind.ENUM;
  }

  private static Fit yes(boolean fits) {
    return fits ? Fit.YES : Fit.NO;
  }
}

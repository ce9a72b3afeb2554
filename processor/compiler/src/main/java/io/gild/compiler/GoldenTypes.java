package io.gild.compiler;

import io.gild.compiler.AgentModel.Method;
import io.gild.compiler.AgentModel.Parameter;
import io.gild.config.Suggestions;
import java.util.List;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Knows which texts of golden tasks fit which types. */
final class GoldenTypes {

  /**
   * Why an input does not fit.
   *
   * @param index the text that does not; -1 for the input as a whole
   */
  record Mistake(Message message, int index, Object... arguments) {}

  private final Elements elements;
  private final Types types;

  GoldenTypes(ProcessingEnvironment environment) {
    this.elements = environment.getElementUtils();
    this.types = environment.getTypeUtils();
  }

  /** Says why texts cannot be the arguments of a method. */
  Optional<Mistake> mistake(String id, List<String> input, Method method) {
    List<Parameter> all = method.parameters();
    List<Parameter> needed = all.stream().filter(each -> !each.isOptional()).toList();
    if (input.size() != all.size() && input.size() != needed.size()) {
      return Optional.of(
          new Mistake(
              Message.GOLDEN_INPUT_COUNT,
              -1,
              id,
              count(input.size(), "input"),
              method.label(),
              count(needed.size(), "parameter")));
    }
    List<Parameter> taken = input.size() == all.size() ? all : needed;
    for (int i = 0; i < taken.size(); i++) {
      Optional<Mistake> mistake = mistake(id, i, input.get(i), taken.get(i));
      if (mistake.isPresent()) {
        return mistake;
      }
    }
    return Optional.empty();
  }

  private Optional<Mistake> mistake(String id, int index, String text, Parameter parameter) {
    TypeMirror type = parameter.element().asType();
    String typeName = Descriptors.simpleName(type);
    if (!isMadeOfText(type)) {
      return Optional.of(
          new Mistake(Message.GOLDEN_INPUT_UNSUPPORTED, index, id, typeName, parameter.name()));
    }
    if (fits(text, type)) {
      return Optional.empty();
    }
    return Optional.of(
        new Mistake(
            Message.GOLDEN_INPUT_TYPE,
            index,
            id,
            text,
            parameter.name(),
            typeName,
            Suggestions.didYouMean(text, constants(type))));
  }

  /** Says whether no answer of the method could be the expected one. */
  boolean isImpossible(String validator, String expected, Method method) {
    TypeMirror returned = method.element().getReturnType();
    if (returned.getKind() == TypeKind.VOID) {
      return true;
    }
    return validator.equals("exact") && isMadeOfText(returned) && !fits(expected, returned);
  }

  boolean isGiven(TypeMirror validatorClass) {
    return validatorClass.getKind() != TypeKind.VOID;
  }

  /** Says why a class cannot judge answers. */
  Optional<String> wrongWithValidator(TypeMirror type) {
    if (!(type instanceof DeclaredType declared)) {
      return Optional.of("is no class");
    }
    TypeElement element = (TypeElement) declared.asElement();
    TypeElement validator = elements.getTypeElement(Names.VALIDATOR);
    if (validator == null
        || !types.isSubtype(types.erasure(type), types.erasure(validator.asType()))) {
      return Optional.of("is no Validator");
    }
    if (element.getKind() != ElementKind.CLASS && element.getKind() != ElementKind.RECORD
        || element.getModifiers().contains(Modifier.ABSTRACT)) {
      return Optional.of("cannot be instantiated");
    }
    return hasPublicConstructor(element)
        ? Optional.empty()
        : Optional.of("has no public constructor without parameters");
  }

  private static boolean hasPublicConstructor(TypeElement element) {
    for (ExecutableElement constructor :
        ElementFilter.constructorsIn(element.getEnclosedElements())) {
      if (constructor.getParameters().isEmpty()) {
        return constructor.getModifiers().contains(Modifier.PUBLIC);
      }
    }
    return false;
  }

  private boolean isMadeOfText(TypeMirror type) {
    return switch (Descriptors.withoutAnnotations(unboxed(type))) {
      case "java.lang.String", "java.lang.CharSequence", "java.lang.Object" -> true;
      default -> unboxed(type).getKind().isPrimitive() || isEnum(type);
    };
  }

  private boolean fits(String text, TypeMirror type) {
    if (isEnum(type)) {
      return constants(type).contains(text);
    }
    try {
      return parse(text, unboxed(type).getKind()) != null;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private static @Nullable Object parse(String text, TypeKind kind) {
    return switch (kind) {
      case BOOLEAN -> text.equals("true") || text.equals("false") ? text : null;
      case BYTE -> Byte.valueOf(text);
      case SHORT -> Short.valueOf(text);
      case INT -> Integer.valueOf(text);
      case LONG -> Long.valueOf(text);
      case CHAR -> text.length() == 1 ? text : null;
      case FLOAT -> Float.valueOf(text);
      case DOUBLE -> Double.valueOf(text);
      default -> text;
    };
  }

  private TypeMirror unboxed(TypeMirror type) {
    try {
      return types.unboxedType(type);
    } catch (IllegalArgumentException e) {
      return type; // no box
    }
  }

  private static boolean isEnum(TypeMirror type) {
    return type instanceof DeclaredType declared
        && declared.asElement().getKind() == ElementKind.ENUM;
  }

  private static List<String> constants(TypeMirror type) {
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

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}

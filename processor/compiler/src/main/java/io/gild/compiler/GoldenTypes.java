package io.gild.compiler;

import io.gild.compiler.AgentModel.Method;
import io.gild.compiler.AgentModel.Parameter;
import io.gild.config.Json;
import io.gild.config.Suggestions;
import io.gild.golden.GoldenInput;
import io.gild.golden.GoldenSpec;
import java.util.Map;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
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

/** Checks which golden tasks fit which methods. */
final class GoldenTypes {

  /**
   * Why an input does not fit.
   *
   * @param index the index of the text that does not fit; -1 for the input as a whole
   */
  record Mistake(Message message, int index, Object... arguments) {}

  private final Elements elements;
  private final Types types;
  private final GoldenValues values;

  GoldenTypes(ProcessingEnvironment environment) {
    this.elements = environment.getElementUtils();
    this.types = environment.getTypeUtils();
    this.values = new GoldenValues(environment);
  }

  /** Returns why a task cannot call a method. */
  Optional<Mistake> mistake(GoldenSpec spec, Method method) {
    for (int i = 0; i < spec.turns().size(); i++) {
      Optional<Mistake> mistake = mistake(spec.id(), spec.turns().get(i).input(), method);
      if (mistake.isPresent()) {
        boolean only = spec.turns().size() == 1;
        Mistake found = mistake.get();
        return Optional.of(only ? found : new Mistake(found.message(), i, found.arguments()));
      }
    }
    return Optional.empty();
  }

  private Optional<Mistake> mistake(String id, GoldenInput input, Method method) {
    Map<String, @Nullable Object> values;
    try {
      values = input.arrange(method.parameters(), method.label());
    } catch (GoldenInput.Mismatch mismatch) {
      Message message =
          input instanceof GoldenInput.Named
              ? Message.GOLDEN_INPUT_NAME
              : Message.GOLDEN_INPUT_COUNT;
      return Optional.of(new Mistake(message, -1, id, String.valueOf(mismatch.getMessage())));
    }
    int index = 0;
    for (Parameter parameter : method.parameters()) {
      if (values.containsKey(parameter.name())) {
        Optional<Mistake> mistake = mistake(id, index, values.get(parameter.name()), parameter);
        if (mistake.isPresent()) {
          return mistake;
        }
        index++;
      }
    }
    return Optional.empty();
  }

  private Optional<Mistake> mistake(
      String id, int index, @Nullable Object value, Parameter parameter) {
    TypeMirror type = parameter.element().asType();
    String typeName = Descriptors.simpleName(type);
    GoldenValues.Fit fit = values.fit(value, type);
    if (fit == GoldenValues.Fit.UNSUPPORTED) {
      return Optional.of(
          new Mistake(Message.GOLDEN_INPUT_UNSUPPORTED, index, id, typeName, parameter.name()));
    }
    if (fit == GoldenValues.Fit.YES) {
      return Optional.empty();
    }
    return Optional.of(
        new Mistake(
            Message.GOLDEN_INPUT_TYPE,
            index,
            id,
            Json.write(value),
            parameter.name(),
            typeName,
            Suggestions.didYouMean(String.valueOf(value), values.constants(type))));
  }

  /** Returns whether no answer of the method could be the expected one. */
  boolean isImpossible(Optional<String> exactText, Method method) {
    TypeMirror returned = method.element().getReturnType();
    if (returned.getKind() == TypeKind.VOID) {
      return true;
    }
    return exactText.isPresent() && values.isNever(exactText.get(), returned);
  }

  boolean isGiven(TypeMirror validatorClass) {
    return validatorClass.getKind() != TypeKind.VOID;
  }

  /** Returns why a class cannot check answers. */
  Optional<String> wrongWithValidator(TypeMirror type) {
    if (!(type instanceof DeclaredType declared)) {
      return Optional.of("is not a class");
    }
    TypeElement element = (TypeElement) declared.asElement();
    TypeElement validator = elements.getTypeElement(Names.VALIDATOR);
    if (validator == null
        || !types.isSubtype(types.erasure(type), types.erasure(validator.asType()))) {
      return Optional.of("is not a Validator");
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
}

package io.gild.compiler;

import static java.util.stream.Collectors.joining;

import io.gild.compiler.AgentModel.Method;
import io.gild.config.Suggestions;
import java.util.List;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Finds fallbacks that do not exist or do not fit. */
final class FallbackCheck implements Check {

  private final Elements elements;
  private final Types types;

  FallbackCheck(ProcessingEnvironment environment) {
    this.elements = environment.getElementUtils();
    this.types = environment.getTypeUtils();
  }

  @Override
  public void check(AgentModel agent, Diagnostics diagnostics) {
    for (Method method : agent.methods()) {
      Mirror fallback = method.policy("fallback");
      if (fallback != null) {
        check(agent.type(), method, fallback, diagnostics);
      }
    }
  }

  private void check(TypeElement type, Method method, Mirror fallback, Diagnostics diagnostics) {
    String name = fallback.text("method");
    boolean answers = fallback.isWritten("answer") && !fallback.text("answer").isBlank();
    if (name.isEmpty() && !answers) {
      diagnostics.onAnnotation(Message.FALLBACK_EMPTY, method.element(), fallback);
    } else if (!name.isEmpty() && answers) {
      diagnostics.onAttribute(Message.FALLBACK_BOTH, method.element(), fallback, "answer");
    } else if (answers) {
      checkAnswer(method, fallback, diagnostics);
    } else {
      checkMethod(name, type, method, fallback, diagnostics);
    }
  }

  private static void checkAnswer(Method method, Mirror fallback, Diagnostics diagnostics) {
    TypeMirror returned = method.element().getReturnType();
    if (!Descriptors.withoutAnnotations(returned).equals("java.lang.String")) {
      diagnostics.onAttribute(
          Message.FALLBACK_ANSWER_TYPE,
          method.element(),
          fallback,
          "answer",
          method.label(),
          Descriptors.simpleName(returned));
    }
  }

  private void checkMethod(
      String name, TypeElement type, Method method, Mirror fallback, Diagnostics diagnostics) {
    List<ExecutableElement> all = ElementFilter.methodsIn(elements.getAllMembers(type));
    List<ExecutableElement> named =
        all.stream().filter(each -> each.getSimpleName().contentEquals(name)).toList();
    if (named.isEmpty()) {
      List<String> names = all.stream().map(each -> each.getSimpleName().toString()).toList();
      diagnostics.onAttribute(
          Message.FALLBACK_NO_METHOD,
          method.element(),
          fallback,
          "method",
          name,
          type.getSimpleName(),
          signature(name, method),
          Suggestions.didYouMean(name, names));
    } else if (named.stream().noneMatch(each -> fits(each, method.element()))) {
      diagnostics.onAttribute(
          Message.FALLBACK_SIGNATURE,
          method.element(),
          fallback,
          "method",
          name,
          signature(name, method));
    }
  }

  private boolean fits(ExecutableElement fallback, ExecutableElement method) {
    List<? extends VariableElement> wanted = method.getParameters();
    List<? extends VariableElement> given = fallback.getParameters();
    boolean withFailure = given.size() == wanted.size() + 1;
    if (fallback.getModifiers().contains(Modifier.PRIVATE)
        || fallback.equals(method)
        || !withFailure && given.size() != wanted.size()
        || withFailure && !isThrowable(given.get(wanted.size()).asType())) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      if (!isSame(given.get(i).asType(), wanted.get(i).asType())) {
        return false;
      }
    }
    return isReturnable(fallback.getReturnType(), method.getReturnType());
  }

  /** Compares type arguments, too, unless type variables leave them open. */
  private boolean isSame(TypeMirror one, TypeMirror other) {
    return isOpen(one) || isOpen(other)
        ? types.isSameType(types.erasure(one), types.erasure(other))
        : types.isSameType(one, other);
  }

  private boolean isReturnable(TypeMirror given, TypeMirror needed) {
    if (needed.getKind() == TypeKind.VOID || given.getKind() == TypeKind.VOID) {
      return needed.getKind() == given.getKind();
    }
    return isOpen(given) || isOpen(needed)
        ? types.isAssignable(types.erasure(given), types.erasure(needed))
        : types.isAssignable(given, needed);
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

  private static boolean isThrowable(TypeMirror type) {
    return Descriptors.withoutAnnotations(type).equals("java.lang.Throwable");
  }

  private static String signature(String name, Method method) {
    return Descriptors.simpleName(method.element().getReturnType())
        + " "
        + name
        + method.parameters().stream()
            .map(each -> Descriptors.simpleName(each.element().asType()) + " " + each.name())
            .collect(joining(", ", "(", ")"));
  }
}

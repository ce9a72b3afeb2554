package io.gild.compiler;

import io.gild.compiler.AgentModel.Method;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.NestingKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Finds types that cannot be extended and methods that cannot be overridden. */
final class ShapeCheck implements Check {

  private final boolean weaving;

  /**
   * @param weaving whether methods that cannot be overridden are governed in place
   */
  ShapeCheck(boolean weaving) {
    this.weaving = weaving;
  }

  @Override
  public void check(AgentModel agent, Diagnostics diagnostics) {
    Message wrong = wrongWith(agent.type());
    if (wrong != null && !weaving) {
      diagnostics.onElement(wrong, agent.type(), agent.type().getSimpleName());
    }
    for (ExecutableElement method : agent.overridden()) {
      diagnostics.onElement(Message.METHOD_OVERRIDDEN, method, method.getSimpleName());
    }
    for (Method method : agent.methods()) {
      checkMethod(method, agent.type(), diagnostics);
    }
  }

  private void checkMethod(Method method, TypeElement type, Diagnostics diagnostics) {
    Set<Modifier> modifiers = method.element().getModifiers();
    if (isSuspend(method.element())) {
      diagnostics.onElement(Message.METHOD_SUSPEND, method.element(), method.label());
    }
    if (modifiers.contains(Modifier.ABSTRACT) && !type.getKind().isInterface()) {
      diagnostics.onElement(Message.METHOD_ABSTRACT, method.element(), method.label());
    }
    Message wrong = wrongWith(method.element());
    if (wrong != null && !weaving) {
      boolean own = type.equals(method.element().getEnclosingElement());
      diagnostics.onElement(wrong, own ? method.element() : type, method.label());
    }
  }

  /** Returns why a class in the same package cannot extend a type; {@code null} if it can. */
  static @Nullable Message wrongWith(TypeElement type) {
    Set<Modifier> modifiers = type.getModifiers();
    if (type.getKind() == ElementKind.RECORD) {
      return Message.AGENT_RECORD;
    }
    if (type.getKind() == ElementKind.ENUM) {
      return Message.AGENT_ENUM;
    }
    if (modifiers.contains(Modifier.SEALED)) {
      return Message.AGENT_SEALED;
    }
    if (modifiers.contains(Modifier.FINAL)) {
      return isKotlin(type) ? Message.AGENT_FINAL_IN_KOTLIN : Message.AGENT_FINAL;
    }
    if (isPrivate(type)) {
      return Message.AGENT_PRIVATE;
    }
    if (type.getNestingKind() == NestingKind.MEMBER && !modifiers.contains(Modifier.STATIC)) {
      return Message.AGENT_INNER;
    }
    return hasConstructor(type) ? null : Message.AGENT_NO_CONSTRUCTOR;
  }

  /** Returns why a method cannot be overridden; {@code null} if it can. */
  static @Nullable Message wrongWith(ExecutableElement method) {
    Set<Modifier> modifiers = method.getModifiers();
    if (modifiers.contains(Modifier.STATIC)) {
      return Message.METHOD_STATIC;
    }
    if (modifiers.contains(Modifier.PRIVATE)) {
      return Message.METHOD_PRIVATE;
    }
    if (!modifiers.contains(Modifier.FINAL)) {
      return null;
    }
    return isKotlin(method.getEnclosingElement())
        ? Message.METHOD_FINAL_IN_KOTLIN
        : Message.METHOD_FINAL;
  }

  private static boolean isKotlin(@Nullable Element type) {
    return type != null && Mirror.of(type, "kotlin.Metadata").isPresent();
  }

  private static boolean isPrivate(TypeElement type) {
    return type.getModifiers().contains(Modifier.PRIVATE)
        || type.getEnclosingElement() instanceof TypeElement outer && isPrivate(outer);
  }

  private static boolean hasConstructor(TypeElement type) {
    List<ExecutableElement> constructors = ElementFilter.constructorsIn(type.getEnclosedElements());
    return type.getKind().isInterface()
        || constructors.stream()
            .anyMatch(constructor -> !constructor.getModifiers().contains(Modifier.PRIVATE));
  }

  private static boolean isSuspend(ExecutableElement method) {
    List<? extends VariableElement> parameters = method.getParameters();
    return !parameters.isEmpty()
        && Descriptors.withoutAnnotations(parameters.get(parameters.size() - 1).asType())
            .equals("kotlin.coroutines.Continuation");
  }
}

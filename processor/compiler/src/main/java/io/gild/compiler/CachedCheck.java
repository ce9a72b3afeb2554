package io.gild.compiler;

import io.gild.compiler.AgentModel.Effect;
import io.gild.compiler.AgentModel.Method;
import io.gild.compiler.AgentModel.Parameter;
import io.gild.compiler.AgentModel.Role;
import io.gild.config.Suggestions;
import java.util.List;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Finds answers that cannot be kept and keys that do not exist. */
final class CachedCheck implements Check {

  private static final String STAGE = "java.util.concurrent.CompletionStage";

  private final Consumed consumed;

  CachedCheck(Consumed consumed) {
    this.consumed = consumed;
  }

  @Override
  public void check(AgentModel agent, Diagnostics diagnostics) {
    for (Method method : agent.methods()) {
      Mirror cached = method.policy("cache");
      if (cached != null) {
        check(method, cached, diagnostics);
      }
    }
  }

  private void check(Method method, Mirror cached, Diagnostics diagnostics) {
    TypeMirror returned = method.element().getReturnType();
    if (isNothing(returned)) {
      diagnostics.onAnnotation(Message.CACHED_VOID, method.element(), cached, method.label());
    } else if (consumed.holds(returned) && !consumed.isReplayable(returned)) {
      diagnostics.onAnnotation(
          Message.CACHED_STREAM, method.element(), cached, Descriptors.simpleName(returned));
    }
    if (method.effect() != Effect.NONE) {
      diagnostics.onAnnotation(
          Message.CACHED_SIDE_EFFECT, method.element(), cached, method.label());
    }
    List<String> names = method.parameters().stream().map(Parameter::name).toList();
    for (AnnotationValue key : cached.items("key")) {
      checkKey(key, names, method, cached, diagnostics);
    }
    if (names.containsAll(cached.texts("key"))) {
      checkParts(method, cached, diagnostics);
    }
  }

  private void checkParts(Method method, Mirror cached, Diagnostics diagnostics) {
    List<String> key = cached.texts("key");
    List<Parameter> parts =
        method.parameters().stream()
            .filter(each ->
                key.contains(each.name())
                    || each.role() == Role.TENANT
                    || key.isEmpty() && each.role() != Role.MODEL)
            .toList();
    boolean byModel = method.parameters().stream().anyMatch(each -> each.role() == Role.MODEL);
    if (byModel && parts.stream().allMatch(each -> each.role() == Role.MODEL)) {
      diagnostics.onAnnotation(
          Message.CACHED_KEY_MODEL_ONLY, method.element(), cached, method.label());
    }
    if (cached.isWritten("semantic")
        && cached.text("semantic").equals("true")
        && parts.stream().noneMatch(each -> each == prompt(method))) {
      diagnostics.onAttribute(
          Message.CACHED_SEMANTIC_NO_TEXT, method.element(), cached, "semantic", method.label());
    }
    for (Parameter part : parts) {
      TypeMirror type = part.element().asType();
      if (consumed.holds(type) || consumed.isNeverEqual(type)) {
        diagnostics.onAnnotation(
            Message.CACHED_KEY_NEVER_EQUAL,
            method.element(),
            cached,
            part.name(),
            method.label(),
            "a " + Descriptors.simpleName(type));
      }
    }
    for (Parameter each : method.parameters()) {
      boolean recalled = each.role() == Role.RECALL || each.role() == Role.EXPERIENCE;
      if (recalled && !parts.contains(each)) {
        String name = each.role() == Role.RECALL ? "Recall" : "Experience";
        diagnostics.onAttribute(
            Message.CACHED_NO_MEMORY,
            method.element(),
            cached,
            "key",
            name,
            each.name(),
            each.name());
      }
      if (each.role() == Role.SESSION && !parts.contains(each)) {
        diagnostics.onAttribute(
            Message.CACHED_NO_SESSION, method.element(), cached, "key", each.name(), each.name());
      }
    }
  }

  /** Returns the text that is compared at run time: the prompt, or else the first text. */
  private static @Nullable Parameter prompt(Method method) {
    for (Parameter each : method.parameters()) {
      if (each.role() == Role.PROMPT) {
        return isText(each) ? each : null;
      }
    }
    return method.parameters().stream()
        .filter(each -> each.role() == Role.NONE && isText(each))
        .findFirst()
        .orElse(null);
  }

  private static boolean isText(Parameter parameter) {
    return Descriptors.withoutAnnotations(parameter.element().asType()).equals("java.lang.String");
  }

  private static void checkKey(
      AnnotationValue key,
      List<String> names,
      Method method,
      Mirror cached,
      Diagnostics diagnostics) {
    String name = key.getValue().toString();
    if (!names.contains(name)) {
      diagnostics.onValue(
          Message.CACHED_UNKNOWN_KEY,
          method.element(),
          cached,
          key,
          name,
          method.label(),
          names.isEmpty() ? "none" : String.join(", ", names),
          Suggestions.didYouMean(name, names));
    }
  }

  /** Returns whether a call has no result: void, Void, or a stage of Void. */
  private boolean isNothing(TypeMirror type) {
    if (type.getKind() == TypeKind.VOID
        || Descriptors.withoutAnnotations(type).equals("java.lang.Void")) {
      return true;
    }
    return type instanceof DeclaredType declared
        && declared.getTypeArguments().size() == 1
        && consumed.isSubtype(type, STAGE)
        && isNothing(declared.getTypeArguments().get(0));
  }
}

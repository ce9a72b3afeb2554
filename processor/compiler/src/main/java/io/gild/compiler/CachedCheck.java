package io.gild.compiler;

import io.gild.compiler.AgentModel.Effect;
import io.gild.compiler.AgentModel.Method;
import io.gild.compiler.AgentModel.Parameter;
import io.gild.config.Suggestions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Finds answers that cannot be kept and keys that do not exist. */
final class CachedCheck implements Check {

  private static final List<String> STREAMS =
      List.of(
          "java.util.stream.BaseStream",
          "java.util.Iterator",
          "java.util.concurrent.Flow.Publisher",
          "org.reactivestreams.Publisher");

  private static final String STAGE = "java.util.concurrent.CompletionStage";

  private final Elements elements;
  private final Types types;
  private final Set<String> absent = new HashSet<>();

  /** Whether a type is one of the streams; answers are of few types. */
  private final Map<Element, Boolean> streams = new HashMap<>();

  private final Map<Element, Boolean> stages = new HashMap<>();

  CachedCheck(ProcessingEnvironment environment) {
    this.elements = environment.getElementUtils();
    this.types = environment.getTypeUtils();
  }

  @Override
  public void check(AgentModel agent, Diagnostics diagnostics) {
    for (Method method : agent.methods()) {
      Mirror cached = method.policies().get(PolicyAnnotation.CACHED);
      if (cached != null) {
        check(method, cached, diagnostics);
      }
    }
  }

  private void check(Method method, Mirror cached, Diagnostics diagnostics) {
    TypeMirror returned = method.element().getReturnType();
    if (isNothing(returned)) {
      diagnostics.onAnnotation(Message.CACHED_VOID, method.element(), cached, method.label());
    } else if (isStream(returned)) {
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

  /** Says whether a call yields nothing: void, Void, or a stage of Void. */
  private boolean isNothing(TypeMirror type) {
    if (type.getKind() == TypeKind.VOID
        || Descriptors.withoutAnnotations(type).equals("java.lang.Void")) {
      return true;
    }
    return type instanceof DeclaredType declared
        && declared.getTypeArguments().size() == 1
        && stages.computeIfAbsent(declared.asElement(), element -> isSubtype(type, STAGE))
        && isNothing(declared.getTypeArguments().get(0));
  }

  private boolean isStream(TypeMirror type) {
    return type instanceof DeclaredType declared
        && streams.computeIfAbsent(
            declared.asElement(),
            element -> STREAMS.stream().anyMatch(stream -> isSubtype(type, stream)));
  }

  private boolean isSubtype(TypeMirror type, String name) {
    if (type.getKind() != TypeKind.DECLARED || absent.contains(name)) {
      return false; // looking for what is not there is slow
    }
    TypeElement wanted = elements.getTypeElement(name);
    if (wanted == null) {
      absent.add(name);
    }
    return wanted != null && types.isSubtype(types.erasure(type), types.erasure(wanted.asType()));
  }
}

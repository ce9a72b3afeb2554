package io.gild.compiler;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/**
 * Recognizes types whose objects are consumed by reading, and types whose objects equal only
 * themselves.
 */
final class Consumed {

  private static final List<String> TYPES =
      List.of(
          "java.util.stream.BaseStream",
          "java.util.Iterator",
          "java.util.Spliterator",
          "java.util.Enumeration",
          "java.util.concurrent.Flow.Publisher",
          "java.io.InputStream",
          "java.io.Reader",
          "java.nio.channels.Channel",
          "org.reactivestreams.Publisher",
          "io.reactivex.rxjava3.core.ObservableSource",
          "io.reactivex.rxjava3.core.SingleSource",
          "io.reactivex.rxjava3.core.MaybeSource",
          "io.reactivex.rxjava3.core.CompletableSource",
          "kotlinx.coroutines.flow.Flow",
          "dev.langchain4j.service.TokenStream");

  /** Streams whose calls are governed until their end; a cache keeps and replays their elements. */
  private static final Set<String> GOVERNED =
      Set.of(
          "java.util.concurrent.Flow.Publisher",
          "org.reactivestreams.Publisher",
          "reactor.core.publisher.Flux",
          "reactor.core.publisher.Mono",
          "io.reactivex.rxjava3.core.Flowable",
          "io.reactivex.rxjava3.core.Observable",
          "io.reactivex.rxjava3.core.Single",
          "io.reactivex.rxjava3.core.Maybe",
          "java.util.Iterator",
          "java.util.stream.Stream");

  private static final String FUTURE = "java.util.concurrent.Future";
  private static final String STAGE = "java.util.concurrent.CompletionStage";

  private final Elements elements;
  private final Types types;
  private final Set<String> absent = new HashSet<>();
  private final Map<Element, Boolean> consumed = new HashMap<>();

  Consumed(ProcessingEnvironment environment) {
    this.elements = environment.getElementUtils();
    this.types = environment.getTypeUtils();
  }

  /** Returns whether a type is a stream that can be replayed, of elements that are no streams. */
  boolean isReplayable(TypeMirror type) {
    return type instanceof DeclaredType declared
        && declared.asElement() instanceof TypeElement element
        && GOVERNED.contains(element.getQualifiedName().toString())
        && declared.getTypeArguments().stream().noneMatch(this::holds);
  }

  /** Returns whether a type, a part of it, or an element of it, is consumed by reading. */
  boolean holds(TypeMirror type) {
    if (type instanceof ArrayType array) {
      return holds(array.getComponentType());
    }
    if (type instanceof WildcardType wildcard) {
      return wildcard.getExtendsBound() != null && holds(wildcard.getExtendsBound());
    }
    if (!(type instanceof DeclaredType declared)) {
      return false;
    }
    return consumed.computeIfAbsent(declared.asElement(), element -> isConsumed(type))
        || declared.getTypeArguments().stream().anyMatch(this::holds);
  }

  private boolean isConsumed(TypeMirror type) {
    return TYPES.stream().anyMatch(each -> isSubtype(type, each))
        || isSubtype(type, FUTURE) && !isSubtype(type, STAGE);
  }

  /**
   * Returns whether two separately created objects are never equal: lambdas, and classes without
   * equals.
   */
  boolean isNeverEqual(TypeMirror type) {
    if (!(type instanceof DeclaredType declared)
        || !(declared.asElement() instanceof TypeElement element)) {
      return false;
    }
    if (element.getKind() == ElementKind.INTERFACE) {
      return Mirror.of(element, "java.lang.FunctionalInterface").isPresent()
          && !isSubtype(type, "java.lang.Comparable");
    }
    return element.getKind() == ElementKind.CLASS
        && !element.getModifiers().contains(Modifier.ABSTRACT)
        && !element.getQualifiedName().contentEquals("java.lang.Object")
        && !hasEquals(element);
  }

  private boolean hasEquals(TypeElement type) {
    for (TypeElement each = type;
        !each.getQualifiedName().contentEquals("java.lang.Object");
        each = (TypeElement) ((DeclaredType) each.getSuperclass()).asElement()) {
      if (ElementFilter.methodsIn(each.getEnclosedElements()).stream().anyMatch(this::isEquals)) {
        return true;
      }
      if (each.getSuperclass().getKind() != TypeKind.DECLARED) {
        return true; // an unknown type
      }
    }
    return false;
  }

  private boolean isEquals(ExecutableElement method) {
    return method.getSimpleName().contentEquals("equals")
        && method.getParameters().size() == 1
        && Descriptors.withoutAnnotations(method.getParameters().get(0).asType())
            .equals("java.lang.Object");
  }

  boolean isSubtype(TypeMirror type, String name) {
    if (type.getKind() != TypeKind.DECLARED || absent.contains(name)) {
      return false; // looking up a missing type is slow
    }
    TypeElement wanted = elements.getTypeElement(name);
    if (wanted == null) {
      absent.add(name);
    }
    return wanted != null && types.isSubtype(types.erasure(type), types.erasure(wanted.asType()));
  }
}

package io.gild.compiler;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;

/** Finds the annotated methods that a type inherits from its supertypes. */
final class Inheritance {

  /**
   * The annotated methods of all supertypes.
   *
   * @param inherited those that the type inherits unchanged
   * @param overridden methods of the type that replace one without their own annotation
   */
  record Found(List<ExecutableElement> inherited, List<ExecutableElement> overridden) {}

  private final Elements elements;
  private final Types types;

  /** Whether a class declares governed methods; most classes of a project share their parents. */
  private final Map<TypeElement, Boolean> governing = new HashMap<>();

  Inheritance(ProcessingEnvironment environment) {
    this.elements = environment.getElementUtils();
    this.types = environment.getTypeUtils();
  }

  Found of(TypeElement type) {
    Found found = new Found(new ArrayList<>(), new ArrayList<>());
    List<ExecutableElement> nearer =
        new ArrayList<>(ElementFilter.methodsIn(type.getEnclosedElements()));
    for (TypeElement supertype : supertypes(type)) {
      List<ExecutableElement> methods = ElementFilter.methodsIn(supertype.getEnclosedElements());
      for (ExecutableElement method : methods) {
        if (isGoverned(method) && isMember(method, type)) {
          sort(method, type, nearer, found);
        }
      }
      nearer.addAll(methods);
    }
    return found;
  }

  /**
   * Returns the methods of a type without any annotation of Gild that replace a governed method of
   * a superclass. Implementations of an interface may be governed by a decorator.
   */
  List<ExecutableElement> ungoverned(TypeElement type) {
    if (isGoverned(type) || !hasGovernedSuperclass(type)) {
      return List.of();
    }
    return of(type).overridden();
  }

  private boolean hasGovernedSuperclass(TypeElement type) {
    if (!(type.getSuperclass() instanceof DeclaredType superclass)
        || !(superclass.asElement() instanceof TypeElement parent)) {
      return false;
    }
    return governing.computeIfAbsent(
            parent,
            each ->
                ElementFilter.methodsIn(each.getEnclosedElements()).stream()
                    .anyMatch(Inheritance::isGoverned))
        || hasGovernedSuperclass(parent);
  }

  /** Returns whether a method carries an annotation of Gild that governs it, or a parameter one. */
  static boolean isGoverned(ExecutableElement method) {
    return method.getAnnotationMirrors().stream()
            .anyMatch(each ->
                PolicyAnnotation.governsMethods((TypeElement) each.getAnnotationType().asElement()))
        || method.getParameters().stream()
            .anyMatch(parameter ->
                parameter.getAnnotationMirrors().stream()
                    .anyMatch(each -> PolicyAnnotation.of(each, parameter).isPresent()));
  }

  /** Returns whether an element carries an annotation of Gild. */
  static boolean isAnnotated(Element element) {
    for (AnnotationMirror mirror : element.getAnnotationMirrors()) {
      if (PolicyAnnotation.governs((TypeElement) mirror.getAnnotationType().asElement())) {
        return true;
      }
    }
    return false;
  }

  private void sort(
      ExecutableElement method, TypeElement type, List<ExecutableElement> nearer, Found found) {
    for (ExecutableElement other : nearer) {
      if (elements.overrides(other, method, type)) {
        if (type.equals(other.getEnclosingElement()) && !isGoverned(other)) {
          found.overridden.add(other);
        }
        return;
      }
    }
    boolean bodiless = method.getModifiers().contains(Modifier.ABSTRACT);
    if (!bodiless || type.getKind().isInterface()) {
      found.inherited.add(method);
    }
  }

  private boolean isMember(ExecutableElement method, TypeElement type) {
    Set<Modifier> modifiers = method.getModifiers();
    if (modifiers.contains(Modifier.PRIVATE) || modifiers.contains(Modifier.STATIC)) {
      return false;
    }
    return modifiers.contains(Modifier.PUBLIC)
        || modifiers.contains(Modifier.PROTECTED)
        || elements.getPackageOf(method).equals(elements.getPackageOf(type));
  }

  /** Returns the supertypes, nearest first, up to one that is governed already. */
  private Set<TypeElement> supertypes(TypeElement type) {
    Set<TypeElement> all = new LinkedHashSet<>();
    collect(type, all);
    return all;
  }

  private void collect(TypeElement type, Set<TypeElement> all) {
    for (TypeMirror each : types.directSupertypes(type.asType())) {
      TypeElement supertype = (TypeElement) ((DeclaredType) each).asElement();
      if (!isGoverned(supertype) && all.add(supertype)) {
        collect(supertype, all);
      }
    }
  }

  private static boolean isGoverned(TypeElement type) {
    return type.getInterfaces().stream()
        .anyMatch(each -> Descriptors.withoutAnnotations(each).equals(Names.GOVERNED_NAME));
  }
}

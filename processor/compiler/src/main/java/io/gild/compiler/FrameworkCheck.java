package io.gild.compiler;

import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;

/**
 * Finds agents that a framework creates: it creates objects of the class itself, and the wrapper is
 * never used.
 */
final class FrameworkCheck implements Check {

  /**
   * Annotations of classes that containers instantiate, on the class or on one of its annotations.
   */
  private static final Set<String> MARKS =
      Set.of(
          "org.springframework.stereotype.Component",
          "jakarta.inject.Scope",
          "jakarta.inject.Singleton",
          "jakarta.enterprise.context.NormalScope",
          "jakarta.enterprise.context.Dependent",
          "jakarta.ejb.Stateless",
          "jakarta.ejb.Stateful",
          "jakarta.ejb.Singleton",
          "jakarta.ws.rs.Path",
          "javax.inject.Scope",
          "javax.inject.Singleton",
          "javax.enterprise.context.NormalScope",
          "javax.enterprise.context.Dependent",
          "javax.ejb.Stateless",
          "javax.ejb.Stateful",
          "javax.ejb.Singleton",
          "com.google.inject.Singleton",
          "io.micronaut.context.annotation.Bean",
          "dev.langchain4j.service.spring.AiService",
          "io.quarkiverse.langchain4j.RegisterAiService");

  /**
   * By the beginning of a mark: the class that governs such objects, if it is among the libraries.
   */
  private static final Map<String, String> GOVERNED_BY =
      Map.of(
          "jakarta.enterprise.",
          "io.gild.cdi.GildExtension",
          "jakarta.inject.",
          "io.gild.cdi.GildExtension",
          "org.springframework.",
          "io.gild.spring.GildAutoConfiguration");

  /** How many annotations may be between a class and a mark: @RestController has two. */
  private static final int DEPTH = 3;

  private final boolean inPlace;
  private final Elements elements;

  /**
   * @param inPlace whether classes are governed in place, however their objects are created
   * @param elements find the modules of Gild that govern a framework's objects
   */
  FrameworkCheck(boolean inPlace, Elements elements) {
    this.inPlace = inPlace;
    this.elements = elements;
  }

  @Override
  public void check(AgentModel agent, Diagnostics diagnostics) {
    TypeElement type = agent.type();
    boolean wrapped = !agent.methods().isEmpty() && ShapeCheck.wrongWith(type) == null;
    if (inPlace && !type.getKind().isInterface() || !wrapped) {
      return;
    }
    for (AnnotationMirror each : type.getAnnotationMirrors()) {
      String found = mark(each, DEPTH);
      if (!found.isEmpty() && !isGoverned(found)) {
        String wrapper = WrapperWriter.nameOf(type).simpleName();
        String mark = each.getAnnotationType().asElement().getSimpleName().toString();
        diagnostics.onAnnotation(
            Message.AGENT_MADE_BY_FRAMEWORK,
            type,
            new Mirror(each),
            type.getSimpleName(),
            mark,
            wrapper,
            wrapper,
            mark);
        return;
      }
    }
  }

  private boolean isGoverned(String mark) {
    return GOVERNED_BY.entrySet().stream()
        .anyMatch(each ->
            mark.startsWith(each.getKey()) && elements.getTypeElement(each.getValue()) != null);
  }

  /** Returns the mark that an annotation is or has; empty if there is none. */
  private static String mark(AnnotationMirror annotation, int depth) {
    Element type = annotation.getAnnotationType().asElement();
    String name = new Mirror(annotation).qualifiedName();
    if (MARKS.contains(name)) {
      return name;
    }
    List<? extends AnnotationMirror> above =
        depth == 0 || name.startsWith("java.lang.") ? List.of() : type.getAnnotationMirrors();
    return above.stream()
        .map(each -> mark(each, depth - 1))
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse("");
  }
}

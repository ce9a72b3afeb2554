package io.gild.compiler;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;

import io.gild.compiler.AgentModel.Effect;
import io.gild.compiler.AgentModel.Method;
import io.gild.compiler.AgentModel.Parameter;
import io.gild.compiler.AgentModel.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;

/** Reads agents from the source; it checks nothing. */
final class AgentReader {

  private final Elements elements;
  private final Descriptors descriptors;
  private final Inheritance inheritance;

  AgentReader(ProcessingEnvironment environment, Descriptors descriptors, Inheritance inheritance) {
    this.elements = environment.getElementUtils();
    this.descriptors = descriptors;
    this.inheritance = inheritance;
  }

  AgentModel read(TypeElement type) {
    Optional<Mirror> agent = Mirror.of(type, Names.ANNOTATIONS + "Agent");
    Inheritance.Found found = inheritance.of(type);
    String name = agent.map(mirror -> mirror.text("name")).orElse("");
    return new AgentModel(
        type,
        elements.getBinaryName(type).toString(),
        name.isEmpty() ? type.getSimpleName().toString() : name,
        agent.map(mirror -> mirror.text("version")).orElse(""),
        agent.map(mirror -> mirror.text("description")).orElse(""),
        methods(type, found.inherited()),
        found.overridden());
  }

  private List<Method> methods(TypeElement type, List<ExecutableElement> inherited) {
    List<Method> methods = new ArrayList<>();
    for (ExecutableElement element : ElementFilter.methodsIn(type.getEnclosedElements())) {
      if (Inheritance.isGoverned(element)) {
        methods.add(method(element, golden(element)));
      }
    }
    for (ExecutableElement element : inherited) {
      // Golden tasks stay with the type that declares them.
      Method method = method(element, List.of());
      if (method.effect() != Effect.NONE || !method.policies().isEmpty()) {
        methods.add(method);
      }
    }
    return methods;
  }

  private Method method(ExecutableElement element, List<Mirror> golden) {
    String name = element.getSimpleName().toString();
    return new Method(
        element,
        name,
        descriptors.of(element),
        name
            + "("
            + element.getParameters().stream().map(this::simpleType).collect(joining(", "))
            + ")",
        parameters(element),
        effect(element),
        policies(element),
        golden);
  }

  private String simpleType(VariableElement parameter) {
    return Descriptors.simpleName(parameter.asType());
  }

  private static Effect effect(Element method) {
    if (has(method, "Idempotent")) {
      return Effect.IDEMPOTENT;
    }
    return has(method, "SideEffect") ? Effect.SIDE_EFFECT : Effect.NONE;
  }

  /** Returns the policies in the order of their keys, not of the annotations. */
  private static List<PolicyAnnotation> policies(ExecutableElement method) {
    return Stream.concat(Stream.of(method), method.getParameters().stream())
        .flatMap(AgentReader::declaredOn)
        .sorted(comparing(PolicyAnnotation::key))
        .toList();
  }

  private static Stream<PolicyAnnotation> declaredOn(Element element) {
    return element.getAnnotationMirrors().stream()
        .flatMap(each -> PolicyAnnotation.of(each, element).stream());
  }

  private static List<Mirror> golden(Element method) {
    List<Mirror> tasks = new ArrayList<>();
    Mirror.of(method, Names.ANNOTATIONS + "GoldenTask").ifPresent(tasks::add);
    Mirror.of(method, Names.ANNOTATIONS + "GoldenTasks")
        .ifPresent(container ->
            container
                .items("value")
                .forEach(item -> tasks.add(new Mirror((AnnotationMirror) item.getValue()))));
    return tasks;
  }

  private static List<Parameter> parameters(ExecutableElement method) {
    boolean explicit = method.getParameters().stream().anyMatch(each -> has(each, "Prompt"));
    boolean found = explicit;
    List<Parameter> parameters = new ArrayList<>();
    for (VariableElement element : method.getParameters()) {
      Role role = role(element);
      if (!found && role == Role.NONE && isString(element.asType())) {
        role = Role.PROMPT;
        found = true;
      }
      parameters.add(new Parameter(element, element.getSimpleName().toString(), role));
    }
    return parameters;
  }

  private static Role role(Element parameter) {
    if (has(parameter, "Model")) {
      return Role.MODEL;
    }
    if (has(parameter, "Tenant")) {
      return Role.TENANT;
    }
    if (has(parameter, "User")) {
      return Role.USER;
    }
    if (has(parameter, "Session")) {
      return Role.SESSION;
    }
    if (has(parameter, "Recall")) {
      return Role.RECALL;
    }
    if (has(parameter, "Experience")) {
      return Role.EXPERIENCE;
    }
    return has(parameter, "Prompt") ? Role.PROMPT : Role.NONE;
  }

  private static boolean isString(TypeMirror type) {
    return Descriptors.withoutAnnotations(type).equals("java.lang.String");
  }

  private static boolean has(Element element, String annotation) {
    return Mirror.of(element, Names.ANNOTATIONS + annotation).isPresent();
  }
}

package io.gild.compiler;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** Finds workflows of interfaces that could not run. */
final class WorkflowCheck implements Check {

  private static final String WORKFLOW_INTERFACE = "WorkflowInterface";

  private final Elements elements;
  private final StepTypes types;
  private final WorkflowPatterns patterns;

  WorkflowCheck(ProcessingEnvironment environment) {
    elements = environment.getElementUtils();
    types = new StepTypes(environment);
    patterns = new WorkflowPatterns(new StepReader(environment, types), types);
  }

  @Override
  public void check(AgentModel agent, Diagnostics diagnostics) {
    TypeElement type = agent.type();
    Optional<Mirror> declared = Mirror.of(type, Names.ANNOTATIONS + WORKFLOW_INTERFACE);
    if (declared.isEmpty()) {
      ElementFilter.methodsIn(type.getEnclosedElements())
          .forEach(method -> reportNotDeclared(method, diagnostics));
    } else if (!type.getKind().isInterface()) {
      diagnostics.onAnnotation(
          Message.WORKFLOW_NOT_INTERFACE, type, declared.get(), type.getSimpleName());
    } else {
      checkInterface(type, declared.get(), diagnostics);
    }
  }

  private static void reportNotDeclared(ExecutableElement method, Diagnostics diagnostics) {
    for (Mirror pattern : patterns(method)) {
      diagnostics.onAnnotation(
          Message.WORKFLOW_NOT_DECLARED, method, pattern, pattern.name(), method.getSimpleName());
    }
  }

  private static List<Mirror> patterns(ExecutableElement method) {
    List<Mirror> found = new ArrayList<>();
    for (AnnotationMirror each : method.getAnnotationMirrors()) {
      Mirror mirror = new Mirror(each);
      String name = mirror.qualifiedName();
      if (name.startsWith(Names.ANNOTATIONS)
          && PolicyAnnotation.PATTERNS.contains(name.substring(Names.ANNOTATIONS.length()))) {
        found.add(mirror);
      }
    }
    return found;
  }

  private void checkInterface(TypeElement type, Mirror declared, Diagnostics diagnostics) {
    if (types.named(Names.ORCHESTRATION + "Workflow") == null) {
      diagnostics.onAnnotation(
          Message.POLICY_NO_MODULE,
          type,
          declared,
          WORKFLOW_INTERFACE,
          "io.gild:gild-orchestration");
      return;
    }
    checkAttributes(type, declared, diagnostics);
    Map<String, WorkflowPlace> workflows = new LinkedHashMap<>();
    for (ExecutableElement method : ElementFilter.methodsIn(elements.getAllMembers(type))) {
      if (!method.getModifiers().contains(Modifier.ABSTRACT)) {
        reportNotDeclared(method, diagnostics);
      } else {
        read(type, method, workflows, diagnostics);
      }
    }
    workflows.values().forEach(each -> patterns.check(each, workflows));
    reportCircles(type, declared, workflows, diagnostics);
  }

  private void read(
      TypeElement type,
      ExecutableElement method,
      Map<String, WorkflowPlace> workflows,
      Diagnostics diagnostics) {
    String name = method.getSimpleName().toString();
    List<Mirror> found = patterns(method);
    if (found.isEmpty()) {
      diagnostics.onElement(Message.WORKFLOW_NO_PATTERN, place(type, method), name);
    } else if (found.size() > 1) {
      diagnostics.onAnnotation(
          Message.WORKFLOW_TWO_PATTERNS,
          method,
          found.get(1),
          name,
          found.get(0).name(),
          found.get(1).name());
    } else if (workflows.containsKey(name)) {
      diagnostics.onElement(
          Message.WORKFLOW_SAME_NAME, place(type, method), type.getSimpleName(), name);
    } else {
      TypeMirror input = input(type, method, diagnostics);
      TypeMirror result = types.result(method.getReturnType());
      workflows.put(
          name, new WorkflowPlace(type, method, found.get(0), input, result, diagnostics));
    }
  }

  /** An inherited method may be of another file; what inherits it is at fault. */
  private static Element place(TypeElement type, ExecutableElement method) {
    return type.equals(method.getEnclosingElement()) ? method : type;
  }

  private @Nullable TypeMirror input(
      TypeElement type, ExecutableElement method, Diagnostics diagnostics) {
    List<TypeMirror> inputs = new ArrayList<>();
    int options = 0;
    for (var parameter : method.getParameters()) {
      if (types.is(parameter.asType(), Names.ORCHESTRATION + "RunOptions")) {
        options++;
      } else {
        inputs.add(parameter.asType());
      }
    }
    if (inputs.size() > 1 || options > 1) {
      diagnostics.onElement(
          Message.WORKFLOW_INPUTS,
          place(type, method),
          method.getSimpleName(),
          method.getParameters().size());
      return null;
    }
    return inputs.isEmpty() ? types.nothing() : inputs.get(0);
  }

  private static void checkAttributes(TypeElement type, Mirror declared, Diagnostics diagnostics) {
    String name = declared.text("name");
    if (!name.isEmpty() && !StepReader.NAME.matcher(name).matches()) {
      bad(type, declared, "name", nameRule(name), diagnostics);
    }
    String version = declared.text("version");
    if (!StepReader.NAME.matcher(version).matches()) {
      bad(type, declared, "version", nameRule(version), diagnostics);
    }
    String limit = declared.text("timeLimit");
    String problem = limit.isEmpty() ? null : StepReader.DurationRule.problem(limit);
    if (problem != null) {
      diagnostics.onAttribute(
          Message.POLICY_BAD_DURATION,
          type,
          declared,
          "timeLimit",
          WORKFLOW_INTERFACE,
          "timeLimit",
          problem);
    }
    String budget = declared.text("budget");
    if (!budget.isEmpty() && !isMoney(budget)) {
      String rule = "must be US dollars above zero, such as \"0.25\", but is \"" + budget + "\"";
      bad(type, declared, "budget", rule, diagnostics);
    }
  }

  private static String nameRule(String name) {
    return "must be made of letters, digits, dots, dashes and underscores, but is \"" + name + "\"";
  }

  private static boolean isMoney(String text) {
    try {
      return new BigDecimal(text).signum() > 0;
    } catch (NumberFormatException notNumber) {
      return false;
    }
  }

  private static void bad(
      TypeElement type, Mirror declared, String attribute, String rule, Diagnostics diagnostics) {
    diagnostics.onAttribute(
        Message.POLICY_BAD_VALUE, type, declared, attribute, WORKFLOW_INTERFACE, attribute, rule);
  }

  private static void reportCircles(
      TypeElement type,
      Mirror declared,
      Map<String, WorkflowPlace> workflows,
      Diagnostics diagnostics) {
    for (String name : workflows.keySet()) {
      Set<String> path = new LinkedHashSet<>();
      if (isCircle(name, workflows, path)) {
        diagnostics.onAnnotation(Message.WORKFLOW_CIRCLE, type, declared, String.join(", ", path));
        return;
      }
    }
  }

  private static boolean isCircle(
      String name, Map<String, WorkflowPlace> workflows, Set<String> path) {
    WorkflowPlace workflow = workflows.get(name);
    if (workflow == null) {
      return false;
    }
    if (!path.add(name)) {
      return true;
    }
    String attribute = workflow.pattern().name().equals("Supervised") ? "workers" : "value";
    for (AnnotationValue step : workflow.pattern().items(attribute)) {
      String part = new Mirror((AnnotationMirror) step.getValue()).text("workflow");
      if (!part.isEmpty() && isCircle(part, workflows, path)) {
        return true;
      }
    }
    path.remove(name);
    return false;
  }
}

package io.gild.compiler;

import io.gild.config.Durations;
import io.gild.config.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Reads the steps of workflows and finds those that cannot be done. */
final class StepReader {

  static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");

  private static final List<String> POLICIES =
      List.of("maxAttempts", "timeLimit", "compensateBy", "sideEffect");
  private static final String RETRY = "io.gild.reliability.RetryPolicy";

  private final Elements elements;
  private final Types types;
  private final StepTypes stepTypes;

  StepReader(ProcessingEnvironment environment, StepTypes stepTypes) {
    this.elements = environment.getElementUtils();
    this.types = environment.getTypeUtils();
    this.stepTypes = stepTypes;
  }

  /**
   * Reads a step.
   *
   * @param workflows the workflows of the interface by their names
   */
  StepModel read(AnnotationValue value, WorkflowPlace place, Map<String, WorkflowPlace> workflows) {
    Mirror step = new Mirror((AnnotationMirror) value.getValue());
    checkPolicies(step, value, place);
    boolean hasAgent = step.type("agent") instanceof DeclaredType;
    String url = step.text("url");
    String topic = step.text("topic");
    String workflow = step.text("workflow");
    int targets =
        (hasAgent ? 1 : 0)
            + (url.isEmpty() ? 0 : 1)
            + (topic.isEmpty() ? 0 : 1)
            + (workflow.isEmpty() ? 0 : 1);
    if (targets != 1) {
      place.at(value, Message.STEP_TARGET, targets == 0 ? "none of them" : "more than one");
      return new StepModel(step.text("name"), value, null, null);
    }
    if (hasAgent) {
      return ofAgent((DeclaredType) step.type("agent"), step, value, place);
    }
    return workflow.isEmpty()
        ? remote(url.isEmpty() ? "topic" : "url", step, value, place)
        : ofWorkflow(workflow, step, value, place, workflows);
  }

  private StepModel remote(
      String attribute, Mirror step, AnnotationValue value, WorkflowPlace place) {
    if (step.text("name").isEmpty()) {
      place.at(value, attribute, Message.STEP_NO_NAME, attribute, step.text(attribute));
    }
    if (!step.text("compensateBy").isEmpty()) {
      noEffect(
          "compensateBy", "remote", "Remove it, or undo the step by a workflow.", value, place);
    }
    return named(step.text("name"), value, place, stepTypes.text(), stepTypes.text());
  }

  private StepModel ofWorkflow(
      String name,
      Mirror step,
      AnnotationValue value,
      WorkflowPlace place,
      Map<String, WorkflowPlace> workflows) {
    for (String policy : POLICIES) {
      if (step.isWritten(policy)) {
        noEffect(policy, "a workflow", "Set it on the steps of that workflow.", value, place);
      }
    }
    WorkflowPlace other = workflows.get(name);
    if (other == null) {
      place.at(
          value,
          "workflow",
          Message.STEP_NO_WORKFLOW,
          name,
          place.type().getSimpleName(),
          String.join(", ", workflows.keySet()),
          Suggestions.didYouMean(name, workflows.keySet()));
    }
    return named(
        step.text("name").isEmpty() ? name : step.text("name"),
        value,
        place,
        other == null ? null : other.input(),
        other == null ? null : other.result());
  }

  private static void noEffect(
      String attribute, String kind, String remedy, AnnotationValue value, WorkflowPlace place) {
    place.at(value, attribute, Message.STEP_NO_EFFECT, attribute, kind, remedy);
  }

  private StepModel ofAgent(
      DeclaredType agent, Mirror step, AnnotationValue value, WorkflowPlace place) {
    ExecutableElement method = method(agent, step.text("method"), value, "method", place);
    String given = step.text("name");
    String name = !given.isEmpty() || method == null ? given : method.getSimpleName().toString();
    if (method == null) {
      return new StepModel(name, value, null, null);
    }
    TypeMirror input = input(agent, method, name, value, place);
    TypeMirror output = stepTypes.awaited(member(agent, method).getReturnType());
    checkCompensation(agent, step, value, place, input, output);
    return named(name, value, place, input, output);
  }

  private static StepModel named(
      String name,
      AnnotationValue value,
      WorkflowPlace place,
      @Nullable TypeMirror input,
      @Nullable TypeMirror output) {
    if (!name.isEmpty() && !NAME.matcher(name).matches()) {
      place.at(value, "name", Message.STEP_BAD_NAME, name);
    }
    return new StepModel(name, value, input, output);
  }

  /** Returns what a method takes as a step: void for nothing, {@code null} after a mistake. */
  private @Nullable TypeMirror input(
      DeclaredType agent,
      ExecutableElement method,
      String name,
      AnnotationValue value,
      WorkflowPlace place) {
    List<? extends TypeMirror> all = member(agent, method).getParameterTypes();
    int last = all.size() - 1;
    boolean context = last >= 0 && stepTypes.is(all.get(last), Names.ORCHESTRATION + "StepContext");
    int inputs = context ? last : all.size();
    if (inputs > 1) {
      place.at(value, "method", Message.STEP_INPUTS, name, label(agent, method), inputs);
      return null;
    }
    return inputs == 0 ? stepTypes.nothing() : all.get(0);
  }

  private static String label(DeclaredType agent, ExecutableElement method) {
    return agent.asElement().getSimpleName() + "." + method.getSimpleName();
  }

  private ExecutableType member(DeclaredType agent, ExecutableElement method) {
    return (ExecutableType) types.asMemberOf(agent, method);
  }

  private @Nullable ExecutableElement method(
      DeclaredType agent,
      String name,
      AnnotationValue step,
      String attribute,
      WorkflowPlace place) {
    Mirror mirror = new Mirror((AnnotationMirror) step.getValue());
    String written = mirror.isWritten(attribute) ? attribute : "agent";
    return method(agent, name, mirror.value(written), place);
  }

  /** Finds a method of an agent; reports at a value if there is none, or more than one. */
  @Nullable ExecutableElement method(
      DeclaredType agent, String name, AnnotationValue value, WorkflowPlace place) {
    TypeElement type = (TypeElement) agent.asElement();
    List<ExecutableElement> all = methods(type);
    List<ExecutableElement> found =
        all.stream()
            .filter(each ->
                name.isEmpty()
                    ? type.equals(each.getEnclosingElement())
                        && each.getModifiers().contains(Modifier.PUBLIC)
                    : each.getSimpleName().contentEquals(name))
            .toList();
    if (found.size() == 1) {
      return found.get(0);
    }
    List<String> names =
        all.stream().map(each -> each.getSimpleName().toString()).distinct().toList();
    String some = names.stream().limit(10).collect(Collectors.joining(", "));
    if (name.isEmpty()) {
      place.at(value, Message.STEP_NO_METHOD_NAME, type.getSimpleName(), some);
    } else if (found.isEmpty()) {
      place.at(
          value,
          Message.STEP_NO_METHOD,
          name,
          type.getSimpleName(),
          some,
          Suggestions.didYouMean(name, names));
    } else {
      place.at(value, Message.STEP_AMBIGUOUS_METHOD, name, type.getSimpleName(), found.size());
    }
    return null;
  }

  private List<ExecutableElement> methods(TypeElement type) {
    List<ExecutableElement> methods = new ArrayList<>();
    for (ExecutableElement each : ElementFilter.methodsIn(elements.getAllMembers(type))) {
      boolean own =
          each.getEnclosingElement() instanceof TypeElement owner
              && !owner.getQualifiedName().contentEquals("java.lang.Object");
      if (own
          && !each.getModifiers().contains(Modifier.PRIVATE)
          && !each.getModifiers().contains(Modifier.STATIC)) {
        methods.add(each);
      }
    }
    return methods;
  }

  private void checkCompensation(
      DeclaredType agent,
      Mirror step,
      AnnotationValue value,
      WorkflowPlace place,
      @Nullable TypeMirror input,
      @Nullable TypeMirror output) {
    String name = step.text("compensateBy");
    ExecutableElement undo =
        name.isEmpty() ? null : method(agent, name, value, "compensateBy", place);
    if (undo == null || input == null) {
      return;
    }
    List<? extends TypeMirror> taken = member(agent, undo).getParameterTypes();
    boolean fits =
        taken.size() == 1 && stepTypes.fits(output, taken.get(0))
            || taken.size() == 2
                && stepTypes.fits(input, taken.get(0))
                && stepTypes.fits(output, taken.get(1));
    if (!fits) {
      String signature = "void " + name + "(" + StepTypes.name(output) + " result)";
      place.at(value, "compensateBy", Message.STEP_COMPENSATION, name, signature);
    }
  }

  private void checkPolicies(Mirror step, AnnotationValue value, WorkflowPlace place) {
    String limit = step.text("timeLimit");
    if (step.number("maxAttempts") < 1) {
      badValue(Message.POLICY_BAD_VALUE, "maxAttempts", "must be >= 1", step, value, place);
    }
    if (!limit.isEmpty()) {
      String problem = DurationRule.problem(limit);
      if (problem != null) {
        badValue(Message.POLICY_BAD_DURATION, "timeLimit", problem, null, value, place);
      }
    }
    for (String attribute : List.of("maxAttempts", "timeLimit")) {
      if (step.isWritten(attribute) && stepTypes.named(RETRY) == null) {
        place.at(
            value,
            attribute,
            Message.POLICY_NO_MODULE,
            "WorkflowStep(" + attribute + ")",
            "io.gild:gild-reliability");
      }
    }
  }

  private static void badValue(
      Message message,
      String attribute,
      String rule,
      @Nullable Mirror withValue,
      AnnotationValue value,
      WorkflowPlace place) {
    String text = withValue == null ? rule : rule + ", but is " + withValue.text(attribute);
    place.at(value, attribute, message, "WorkflowStep", attribute, text);
  }

  /** What is wrong with a duration above zero. */
  static final class DurationRule {

    private DurationRule() {}

    static @Nullable String problem(String text) {
      try {
        var duration = Durations.parse(text);
        return duration.isZero() || duration.isNegative()
            ? "must be a duration above zero, but is \"" + text + "\""
            : null;
      } catch (IllegalArgumentException e) {
        return e.getMessage();
      }
    }
  }
}

package io.gild.compiler;

import io.gild.config.Suggestions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** Finds steps that do not fit each other or their pattern. */
final class WorkflowPatterns {

  private static final String THE_WORKFLOW = "the caller of the workflow";
  private static final String SUPERVISION = Names.ORCHESTRATION + "Supervision";

  private final StepReader reader;
  private final StepTypes types;

  WorkflowPatterns(StepReader reader, StepTypes types) {
    this.reader = reader;
    this.types = types;
  }

  void check(WorkflowPlace place, Map<String, WorkflowPlace> workflows) {
    switch (place.pattern().name()) {
      case "Pipeline" -> result(place, chain(place, steps(place, "value", workflows)));
      case "Parallel" -> parallel(place, steps(place, "value", workflows));
      case "Voting" -> voting(place, steps(place, "value", workflows));
      case "Supervised" -> supervised(place, steps(place, "workers", workflows));
      case "HandOffs" -> handOffs(place, steps(place, "value", workflows));
      default -> repeated(place, steps(place, "value", workflows));
    }
  }

  private List<StepModel> steps(
      WorkflowPlace place, String attribute, Map<String, WorkflowPlace> workflows) {
    List<StepModel> steps = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (AnnotationValue each : place.pattern().items(attribute)) {
      StepModel step = reader.read(each, place, workflows);
      if (!step.name().isEmpty() && !names.add(step.name())) {
        place.at(each, "name", Message.STEP_SAME_NAME, step.name());
      }
      steps.add(step);
    }
    if (steps.isEmpty()) {
      place.bad(attribute, "must have at least one step");
    }
    return steps;
  }

  /** Checks that each step takes what the one before returns; returns what the last one does. */
  private @Nullable TypeMirror chain(WorkflowPlace place, List<StepModel> steps) {
    TypeMirror given = place.input();
    String from = THE_WORKFLOW;
    for (StepModel step : steps) {
      requireInput(place, step, given, from);
      given = step.output();
      from = "step \"" + step.name() + "\"";
    }
    return given;
  }

  private void requireInput(
      WorkflowPlace place, StepModel step, @Nullable TypeMirror given, String from) {
    if (!types.fits(given, step.input())) {
      place.at(
          step.value(),
          Message.STEP_INPUT_TYPE,
          step.name(),
          StepTypes.name(step.input()),
          StepTypes.name(given),
          from);
    }
  }

  private void result(WorkflowPlace place, @Nullable TypeMirror given) {
    if (!types.fits(given, place.result())) {
      place
          .diagnostics()
          .onElement(
              Message.WORKFLOW_RESULT_TYPE,
              place.method(),
              place.method().getSimpleName(),
              StepTypes.name(place.result()),
              StepTypes.name(given),
              given == null || given.getKind() == TypeKind.VOID ? "void" : StepTypes.name(given));
    }
  }

  private void parallel(WorkflowPlace place, List<StepModel> steps) {
    steps.forEach(step -> requireInput(place, step, place.input(), THE_WORKFLOW));
    between(place, "needed", 0, steps.size());
    String join = place.pattern().text("join");
    if (join.isEmpty()) {
      TypeMirror result = place.result();
      if (result != null && result.getKind() != TypeKind.VOID && !types.isList(result)) {
        place
            .diagnostics()
            .onElement(
                Message.WORKFLOW_RESULT_TYPE,
                place.method(),
                place.method().getSimpleName(),
                StepTypes.name(result),
                "a List",
                "a List");
      } else if (result != null) {
        elements(place, steps, types.argument(result));
      }
      return;
    }
    String signature =
        "static " + StepTypes.name(place.result()) + " " + join + "(List<...> results)";
    ExecutableElement helper = helper(place, "join", join, signature);
    if (helper != null) {
      TypeMirror list = helper.getParameters().get(0).asType();
      if (!types.isList(list)) {
        place.at("join", Message.WORKFLOW_HELPER_SIGNATURE, "Parallel", "join", join, signature);
      } else {
        elements(place, steps, types.argument(list));
        result(place, helper.getReturnType());
      }
    }
  }

  private void elements(WorkflowPlace place, List<StepModel> steps, @Nullable TypeMirror element) {
    steps.forEach(step -> requireOutput(place, step, element));
  }

  private void requireOutput(WorkflowPlace place, StepModel step, @Nullable TypeMirror wanted) {
    if (!types.fits(step.output(), wanted)) {
      place.at(
          step.value(),
          Message.STEP_RESULT_TYPE,
          step.name(),
          StepTypes.name(step.output()),
          place.pattern().name(),
          StepTypes.name(wanted));
    }
  }

  private void voting(WorkflowPlace place, List<StepModel> steps) {
    for (StepModel step : steps) {
      requireInput(place, step, place.input(), THE_WORKFLOW);
      requireOutput(place, step, place.result());
    }
    between(place, "quorum", 0, steps.size());
    String choice = place.pattern().text("choice");
    if (!choice.isEmpty()) {
      String signature =
          "static Object " + choice + "(" + StepTypes.name(place.result()) + " answer)";
      ExecutableElement helper = helper(place, "choice", choice, signature);
      if (helper != null && !takes(helper, place.result())) {
        place.at(
            "choice", Message.WORKFLOW_HELPER_SIGNATURE, "Voting", "choice", choice, signature);
      }
    }
  }

  private void supervised(WorkflowPlace place, List<StepModel> workers) {
    between(place, "mostDelegations", 1, Integer.MAX_VALUE);
    if (workers.isEmpty()
        || !(place.pattern().type("supervisor") instanceof DeclaredType supervisor)) {
      return;
    }
    AnnotationValue at =
        place.pattern().isWritten("method")
            ? place.pattern().value("method")
            : place.pattern().value("supervisor");
    String name = place.pattern().text("method");
    ExecutableElement method = reader.method(supervisor, name, at, place);
    TypeMirror state = types.named(SUPERVISION);
    if (method != null
        && state != null
        && !(takes(method, state) && types.is(method.getReturnType(), SUPERVISION + ".Next"))) {
      place.at(
          at,
          Message.WORKFLOW_HELPER_SIGNATURE,
          "Supervised",
          "supervisor",
          method.getSimpleName(),
          "Supervision.Next " + method.getSimpleName() + "(Supervision state)");
    }
  }

  private void handOffs(WorkflowPlace place, List<StepModel> steps) {
    between(place, "mostTurns", 1, Integer.MAX_VALUE);
    if (!steps.isEmpty()) {
      requireInput(place, steps.get(0), place.input(), THE_WORKFLOW);
    }
    TypeMirror handOff = types.named(Names.ORCHESTRATION + "HandOff");
    steps.forEach(step -> requireOutput(place, step, handOff));
  }

  private void repeated(WorkflowPlace place, List<StepModel> steps) {
    between(place, "mostRounds", 1, Integer.MAX_VALUE);
    TypeMirror last = chain(place, steps);
    result(place, last);
    if (!steps.isEmpty()) {
      String from = "step \"" + steps.get(steps.size() - 1).name() + "\" of the round before";
      requireInput(place, steps.get(0), last, from);
    }
    String until = place.pattern().text("until");
    String signature = "static boolean " + until + "(" + StepTypes.name(last) + " result)";
    ExecutableElement helper = helper(place, "until", until, signature);
    if (helper != null
        && !(takes(helper, last) && helper.getReturnType().getKind() == TypeKind.BOOLEAN)) {
      place.at("until", Message.WORKFLOW_HELPER_SIGNATURE, "Repeated", "until", until, signature);
    }
  }

  private boolean takes(ExecutableElement method, @Nullable TypeMirror given) {
    return method.getParameters().size() == 1
        && types.fits(given, method.getParameters().get(0).asType());
  }

  private static void between(WorkflowPlace place, String attribute, int low, int high) {
    double value = place.pattern().number(attribute);
    if (value < low || value > high) {
      String rule = high == Integer.MAX_VALUE ? "must be >= " + low : "must be from 0 to " + high;
      place.bad(attribute, rule + ", but is " + place.pattern().text(attribute));
    }
  }

  /** Finds a static method of one parameter in the interface. */
  private static @Nullable ExecutableElement helper(
      WorkflowPlace place, String attribute, String name, String signature) {
    List<ExecutableElement> all =
        ElementFilter.methodsIn(place.type().getEnclosedElements()).stream()
            .filter(each -> each.getModifiers().contains(Modifier.STATIC))
            .toList();
    List<ExecutableElement> found =
        all.stream().filter(each -> each.getSimpleName().contentEquals(name)).toList();
    String pattern = place.pattern().name();
    if (found.isEmpty()) {
      List<String> names = all.stream().map(each -> each.getSimpleName().toString()).toList();
      place.at(
          attribute,
          Message.WORKFLOW_NO_HELPER,
          pattern,
          attribute,
          name,
          place.type().getSimpleName(),
          signature,
          Suggestions.didYouMean(name, names));
      return null;
    }
    if (found.size() > 1 || found.get(0).getParameters().size() != 1) {
      place.at(attribute, Message.WORKFLOW_HELPER_SIGNATURE, pattern, attribute, name, signature);
      return null;
    }
    return found.get(0);
  }
}

package io.gild.compiler;

import io.gild.compiler.AgentModel.Method;
import io.gild.config.GoldenFile;
import io.gild.config.GoldenSpec;
import io.gild.config.Problem;
import io.gild.config.SettingsException;
import io.gild.config.Suggestions;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;

/** Finds golden tasks that could never pass, or never run. */
final class GoldenCheck implements Check {

  private final GoldenTypes types;
  private final GoldenResources resources;

  GoldenCheck(GoldenTypes types, GoldenResources resources) {
    this.types = types;
    this.resources = resources;
  }

  @Override
  public void check(AgentModel agent, Diagnostics diagnostics) {
    Set<String> ids = new HashSet<>();
    for (Method method : agent.methods()) {
      for (Mirror task : method.golden()) {
        if (task.text("file").isEmpty()) {
          checkTask(agent, method, task, ids, diagnostics);
        } else {
          checkFile(agent, method, task, ids, diagnostics);
        }
      }
    }
  }

  private void checkTask(
      AgentModel agent, Method method, Mirror task, Set<String> ids, Diagnostics diagnostics) {
    Element element = method.element();
    String id = task.text("id");
    if (id.isEmpty()) {
      diagnostics.onAnnotation(Message.GOLDEN_NO_ID, element, task, method.name() + "-1");
    } else if (!ids.add(id)) {
      diagnostics.onAttribute(Message.GOLDEN_DUPLICATE_ID, element, task, "id", id, agent.name());
    }
    checkSpec(method, task, diagnostics);
    checkValidatorClass(method, task, diagnostics);
    List<AnnotationValue> input = task.items("input");
    types
        .mistake(id, task.texts("input"), method)
        .ifPresent(mistake ->
            diagnostics.onValue(
                mistake.message(),
                element,
                task,
                mistake.index() < 0 ? task.value("input") : input.get(mistake.index()),
                mistake.arguments()));
    if (task.isWritten("expected")
        && types.isImpossible(task.text("validator"), task.text("expected"), method)) {
      diagnostics.onAttribute(
          Message.GOLDEN_EXPECTED_TYPE,
          element,
          task,
          "expected",
          id,
          task.text("expected"),
          method.label(),
          Descriptors.simpleName(method.element().getReturnType()));
    }
  }

  private void checkSpec(Method method, Mirror task, Diagnostics diagnostics) {
    Element element = method.element();
    String validator = task.text("validator");
    if (!GoldenSpec.VALIDATORS.contains(validator)) {
      diagnostics.onAttribute(
          Message.GOLDEN_UNKNOWN_VALIDATOR,
          element,
          task,
          "validator",
          validator,
          String.join(", ", GoldenSpec.VALIDATORS),
          Suggestions.didYouMean(validator, GoldenSpec.VALIDATORS));
    }
    if (validator.equals("regex")) {
      checkRegex(method, task, diagnostics);
    }
    String id = task.text("id");
    reportIfWrong(
        Message.GOLDEN_BAD_ID,
        "id",
        id.isEmpty() ? "x" : id,
        0,
        List.of(),
        element,
        task,
        diagnostics);
    reportIfWrong(
        Message.GOLDEN_BAD_THRESHOLD,
        "threshold",
        "x",
        task.number("threshold"),
        List.of(),
        element,
        task,
        diagnostics);
    reportIfWrong(
        Message.GOLDEN_BAD_TAG, "tags", "x", 0, task.texts("tags"), element, task, diagnostics);
  }

  /** Makes the record the run time will make, and hears it out. */
  private static void reportIfWrong(
      Message message,
      String attribute,
      String id,
      double threshold,
      List<String> tags,
      Element element,
      Mirror task,
      Diagnostics diagnostics) {
    try {
      new GoldenSpec(id, List.of(), "", "exact", threshold, "", tags);
    } catch (IllegalArgumentException e) {
      diagnostics.onAttribute(message, element, task, attribute, String.valueOf(e.getMessage()));
    }
  }

  private static void checkRegex(Method method, Mirror task, Diagnostics diagnostics) {
    try {
      Pattern.compile(task.text("expected"));
    } catch (PatternSyntaxException e) {
      diagnostics.onAttribute(
          Message.GOLDEN_BAD_REGEX,
          method.element(),
          task,
          "expected",
          e.getDescription() + " near index " + e.getIndex() + " of \"" + e.getPattern() + "\"");
    }
  }

  private void checkValidatorClass(Method method, Mirror task, Diagnostics diagnostics) {
    boolean given = types.isGiven(task.type("validatorClass"));
    if (!given && task.text("validator").equals("custom")) {
      diagnostics.onAttribute(
          Message.GOLDEN_NO_VALIDATOR_CLASS, method.element(), task, "validator", task.text("id"));
    } else if (given) {
      types
          .wrongWithValidator(task.type("validatorClass"))
          .ifPresent(wrong ->
              diagnostics.onAttribute(
                  Message.GOLDEN_BAD_VALIDATOR_CLASS,
                  method.element(),
                  task,
                  "validatorClass",
                  Descriptors.simpleName(task.type("validatorClass")),
                  wrong));
    }
  }

  private void checkFile(
      AgentModel agent, Method method, Mirror task, Set<String> ids, Diagnostics diagnostics) {
    Element element = method.element();
    String file = task.text("file");
    for (String other : List.of("id", "input", "expected", "validator", "threshold", "tags")) {
      if (task.isWritten(other)) {
        diagnostics.onAttribute(Message.GOLDEN_FILE_AND_TASK, element, task, other, other);
      }
    }
    Optional<String> text = resources.read(file);
    if (text.isEmpty()) {
      diagnostics.onAttribute(Message.GOLDEN_MISSING_FILE, element, task, "file", file);
      return;
    }
    try {
      for (GoldenFile.Task each : GoldenFile.read(file, text.get()).tasks()) {
        checkFileTask(agent, method, task, each, ids, diagnostics);
      }
    } catch (SettingsException e) {
      for (Problem problem : e.problems()) {
        diagnostics.onAttribute(Message.GOLDEN_BAD_FILE, element, task, "file", problem);
      }
    }
  }

  private void checkFileTask(
      AgentModel agent,
      Method method,
      Mirror mirror,
      GoldenFile.Task task,
      Set<String> ids,
      Diagnostics diagnostics) {
    GoldenSpec spec = task.spec();
    Optional<String> wrong =
        types
            .mistake(spec.id(), spec.input(), method)
            .map(mistake -> mistake.message().format(mistake.arguments()));
    if (wrong.isEmpty() && !ids.add(spec.id())) {
      wrong = Optional.of(Message.GOLDEN_DUPLICATE_ID.format(spec.id(), agent.name()));
    }
    wrong.ifPresent(text ->
        diagnostics.onAttribute(
            Message.GOLDEN_BAD_FILE,
            method.element(),
            mirror,
            "file",
            task.origin() + ": " + text));
  }
}

package io.gild.compiler;

import io.gild.compiler.AgentModel.Method;
import io.gild.config.Problem;
import io.gild.config.Suggestions;
import io.gild.golden.AnswerCheck;
import io.gild.golden.CheckKind;
import io.gild.golden.GoldenFile;
import io.gild.golden.GoldenSpec;
import io.gild.golden.WeightedCheck;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.util.Elements;

/** Finds golden tasks that could never pass, or never run. */
final class GoldenCheck implements Check {

  private static final String NO_REGEX = "pattern is not a regular expression: ";

  private final GoldenTypes types;
  private final GoldenResources resources;
  private final Elements elements;

  GoldenCheck(GoldenTypes types, GoldenResources resources, Elements elements) {
    this.types = types;
    this.resources = resources;
    this.elements = elements;
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
    checkValidator(method, task, diagnostics);
    List<String> wrong = task.notNumbers();
    for (String attribute : wrong) {
      diagnostics.onAttribute(
          attribute.equals("threshold") ? Message.GOLDEN_BAD_THRESHOLD : Message.GOLDEN_BAD_VALUE,
          element,
          task,
          attribute,
          attribute + " must be a number, but is " + task.text(attribute));
    }
    if (!wrong.isEmpty()) {
      return;
    }
    GoldenFile read = GoldenFile.single(task.tree(elements));
    for (Problem problem : read.problems()) {
      report(problem, method, task, diagnostics);
    }
    read.tasks().forEach(each -> checkFit(each.spec(), method, task, diagnostics));
  }

  /** Reports the problems of the reader of golden tasks, at the attribute that they name. */
  private static void report(Problem problem, Method method, Mirror task, Diagnostics diagnostics) {
    Element element = method.element();
    String attribute = problem.file();
    String text = problem.message();
    if (isReportedElsewhere(problem, task)) {
      return;
    }
    if (!task.isWritten(attribute)) {
      diagnostics.onAnnotation(
          Message.GOLDEN_NO_CHECK, element, task, task.text("id"), strip(text));
      return;
    }
    switch (attribute) {
      case "id" -> diagnostics.onAttribute(Message.GOLDEN_BAD_ID, element, task, "id", text);
      case "tags" -> diagnostics.onAttribute(Message.GOLDEN_BAD_TAG, element, task, "tags", text);
      case "threshold" ->
          diagnostics.onAttribute(
              Message.GOLDEN_BAD_THRESHOLD, element, task, "threshold", strip(text));
      case "checks" ->
          diagnostics.onValue(Message.GOLDEN_BAD_CHECK, element, task, item(problem, task), text);
      case "expected" -> {
        if (text.startsWith(NO_REGEX)) {
          diagnostics.onAttribute(
              Message.GOLDEN_BAD_REGEX,
              element,
              task,
              "expected",
              text.substring(NO_REGEX.length()));
        } else {
          diagnostics.onAttribute(
              Message.GOLDEN_BAD_EXPECTED,
              element,
              task,
              "expected",
              task.text("validator"),
              strip(text));
        }
      }
      default ->
          diagnostics.onAttribute(Message.GOLDEN_BAD_VALUE, element, task, attribute, strip(text));
    }
  }

  /** Problems with their own message are not reported twice. */
  private static boolean isReportedElsewhere(Problem problem, Mirror task) {
    String text = problem.message();
    return problem.file().equals("annotation") && text.equals("id is missing")
        || text.startsWith("validator must be")
        || text.startsWith("validator-class is missing")
        || problem.file().equals("id") && task.text("id").isEmpty();
  }

  private static String strip(String text) {
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  /** Returns the text of {@code checks[1]...}; the whole attribute if the path names none. */
  private static AnnotationValue item(Problem problem, Mirror task) {
    String path = problem.path();
    List<AnnotationValue> items = task.items("checks");
    int close = path.indexOf(']');
    if (path.startsWith("checks[") && close > 0) {
      int index = Integer.parseInt(path.substring("checks[".length(), close));
      if (index < items.size()) {
        return items.get(index);
      }
    }
    return task.value("checks");
  }

  private void checkValidator(Method method, Mirror task, Diagnostics diagnostics) {
    String validator = task.text("validator");
    List<String> known = CheckKind.validators();
    if (!known.contains(validator)) {
      diagnostics.onAttribute(
          Message.GOLDEN_UNKNOWN_VALIDATOR,
          method.element(),
          task,
          "validator",
          validator,
          String.join(", ", known),
          Suggestions.didYouMean(validator, known));
    }
    boolean given = types.isGiven(task.type("validatorClass"));
    if (!given && validator.equals("custom")) {
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

  /** Checks that the method accepts the input and can return the expected answer. */
  private void checkFit(GoldenSpec spec, Method method, Mirror task, Diagnostics diagnostics) {
    Element element = method.element();
    String attribute = task.isWritten("turns") ? "turns" : "input";
    List<AnnotationValue> written = task.items(attribute);
    types
        .mistake(spec, method)
        .ifPresent(mistake ->
            diagnostics.onValue(
                mistake.message(),
                element,
                task,
                mistake.index() < 0 || mistake.index() >= written.size()
                    ? task.value(attribute)
                    : written.get(mistake.index()),
                mistake.arguments()));
    if (task.isWritten("expected") && types.isImpossible(exactText(spec), method)) {
      diagnostics.onAttribute(
          Message.GOLDEN_EXPECTED_TYPE,
          element,
          task,
          "expected",
          spec.id(),
          task.text("expected"),
          method.label(),
          Descriptors.simpleName(method.element().getReturnType()));
    }
  }

  /** Returns the text that the answer must equal exactly. */
  private static Optional<String> exactText(GoldenSpec spec) {
    for (WeightedCheck check : spec.checks()) {
      if (check.check() instanceof AnswerCheck.Exact exact
          && !exact.ignoreCase()
          && !exact.normalize()
          && spec.passScore() == null) {
        return Optional.of(exact.text());
      }
    }
    return Optional.empty();
  }

  private void checkFile(
      AgentModel agent, Method method, Mirror task, Set<String> ids, Diagnostics diagnostics) {
    Element element = method.element();
    String file = task.text("file");
    for (String other : task.written().keySet()) {
      if (!other.equals("file")) {
        diagnostics.onAttribute(Message.GOLDEN_FILE_AND_TASK, element, task, other, other);
      }
    }
    Optional<String> text;
    try {
      text = resources.read(file);
    } catch (UncheckedIOException unreadable) {
      diagnostics.onAttribute(
          Message.GOLDEN_BAD_FILE, element, task, "file", String.valueOf(unreadable.getMessage()));
      return;
    }
    if (text.isEmpty()) {
      String hint = Suggestions.didYouMean(file, resources.present());
      diagnostics.onAttribute(Message.GOLDEN_MISSING_FILE, element, task, "file", file, hint);
      return;
    }
    GoldenFile read =
        GoldenFile.scan(file, text.get(), path -> resources.beside(file, path).orElse(null));
    for (Problem problem : read.problems()) {
      diagnostics.onAttribute(Message.GOLDEN_BAD_FILE, element, task, "file", problem);
    }
    List<GoldenFile.Task> own = read.of(agent.name());
    own.forEach(each -> checkFileTask(agent, method, task, each, ids, diagnostics));
    if (own.isEmpty() && read.problems().isEmpty()) {
      diagnostics.onAttribute(
          Message.GOLDEN_FILE_OF_OTHERS, element, task, "file", file, agent.name(), others(read));
    }
  }

  private static String others(GoldenFile file) {
    List<String> names =
        file.tasks().stream().map(task -> task.spec().agent()).distinct().sorted().toList();
    return names.isEmpty() ? "no task at all" : "tasks of " + String.join(", ", names);
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
        types.mistake(spec, method).map(mistake -> mistake.message().format(mistake.arguments()));
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

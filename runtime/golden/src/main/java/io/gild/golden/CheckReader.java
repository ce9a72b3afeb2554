package io.gild.golden;

import static java.util.Objects.requireNonNull;

import io.gild.config.Binder;
import io.gild.config.Json;
import io.gild.config.Keys;
import io.gild.config.Origin;
import io.gild.config.PolicyTree;
import io.gild.config.PolicyTree.Located;
import io.gild.config.Problem;
import io.gild.config.Problems;
import io.gild.config.Suggestions;
import io.gild.config.YamlText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes checks of located values; errors are reported. */
final class CheckReader {

  private static final String WEIGHT = "weight";
  private static final String REQUIRED = "required";
  private static final int LONGEST = 300;

  private final Problems problems;
  private final Binder binder;

  /** The weight of a check. */
  record Counting(double weight, boolean required) {

    static final PolicyTree DEFAULTS = PolicyTree.of(Map.of(WEIGHT, 1, REQUIRED, false));

    Counting {
      if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("weight must be above zero, but is " + weight);
      }
    }
  }

  CheckReader(Problems problems, Binder binder) {
    this.problems = problems;
    this.binder = binder;
  }

  /** Reads several checks; a single one may be written without a list. */
  List<WeightedCheck> list(Located given, String path) {
    List<WeightedCheck> checks = new ArrayList<>();
    if (!(given.value() instanceof List<?> items)) {
      add(given, path, checks);
      return checks;
    }
    for (int i = 0; i < items.size(); i++) {
      add((Located) items.get(i), path + "[" + i + "]", checks);
    }
    return checks;
  }

  private void add(Located given, String path, List<WeightedCheck> checks) {
    WeightedCheck check = check(given, path);
    if (check != null) {
      checks.add(check);
    }
  }

  /** Reads one check: {@code {contains: text, weight: 2}}, its name alone, or YAML of those. */
  @Nullable WeightedCheck check(Located raw, String path) {
    Located given = raw.value() instanceof String text ? parsed(text, raw, path) : raw;
    Located bare = given;
    PolicyTree tree =
        given.value() instanceof String name
            ? new PolicyTree(Map.of(name, new Located(null, bare.origin(), bare.origin())))
            : given.value() instanceof PolicyTree map ? map : null;
    if (tree == null) {
      if (given.value() != null || raw == given) {
        problems.add(
            given.origin(),
            path,
            "must be a check such as {contains: text}, but is " + YamlText.describe(given));
      }
      return null;
    }
    PolicyTree kinds = tree.without(WEIGHT, REQUIRED);
    if (kinds.keys().size() != 1) {
      problems.add(
          given.origin(),
          path,
          "must name one kind of check, but names "
              + (kinds.isEmpty() ? "none" : String.join(", ", kinds.keys())));
      return null;
    }
    return check(tree, kinds.keys().iterator().next(), given, path);
  }

  private @Nullable WeightedCheck check(PolicyTree tree, String name, Located given, String path) {
    Located entry = requireNonNull(tree.entry(name));
    CheckKind kind = kind(name, entry.key(), path);
    if (kind == null) {
      return null;
    }
    AnswerCheck check = bind(kind, entry, Keys.join(path, name));
    Counting counting =
        binder.bind(Counting.class, tree.without(name), Counting.DEFAULTS, path, given.origin());
    return check == null || counting == null
        ? null
        : new WeightedCheck(check, text(name, entry), counting.weight(), counting.required());
  }

  private @Nullable CheckKind kind(String name, Origin origin, String path) {
    for (CheckKind kind : CheckKind.values()) {
      if (kind.key().equals(name)) {
        return kind;
      }
    }
    String hint = Suggestions.didYouMean(name, CheckKind.keys());
    problems.add(
        origin,
        path,
        "\""
            + name
            + "\" is not a kind of check."
            + (hint.isEmpty() ? " Use one of " + String.join(", ", CheckKind.keys()) + "." : hint));
    return null;
  }

  private Located parsed(String text, Located raw, String path) {
    if (CheckKind.keys().contains(text)) {
      return raw;
    }
    Problems own = new Problems();
    Located located = YamlText.read(raw.origin().source(), text, own);
    for (Problem problem : own.list()) {
      problems.add(raw.origin(), path, problem.message());
    }
    // Positions inside of the text are not positions of the file around it.
    return moved(located, raw.origin());
  }

  private static Located moved(Located located, Origin origin) {
    return PolicyTree.located(PolicyTree.plain(located.value()), origin);
  }

  private @Nullable AnswerCheck bind(CheckKind kind, Located given, String path) {
    return switch (kind) {
      case NOT -> {
        WeightedCheck inner = check(given, path);
        yield inner == null ? null : new AnswerCheck.Not(inner.check());
      }
      case ALL, ANY -> several(kind, given, path);
      case TRAJECTORY -> trajectory(given, path);
      default ->
          (AnswerCheck)
              binder.bind(
                  kind.type().asSubclass(Record.class),
                  options(kind, given),
                  kind.defaults(),
                  path,
                  given.origin());
    };
  }

  private @Nullable AnswerCheck several(CheckKind kind, Located given, String path) {
    List<WeightedCheck> inner = list(given, path);
    if (inner.isEmpty()) {
      if (given.value() instanceof List<?> list && list.isEmpty()) {
        problems.add(given.origin(), path, "needs at least one check");
      }
      return null;
    }
    return kind == CheckKind.ALL ? new AnswerCheck.All(inner) : new AnswerCheck.Any(inner);
  }

  /** Returns the values of a check by key; a single value has the primary key. */
  private static PolicyTree options(CheckKind kind, Located given) {
    Object value = given.value();
    if (value == null || kind.form() == CheckKind.Form.FLAG && Boolean.TRUE.equals(value)) {
      return PolicyTree.empty();
    }
    if (value instanceof PolicyTree tree
        && (kind.form() != CheckKind.Form.ANYTHING || tree.entry(kind.primary()) != null)) {
      return tree;
    }
    return new PolicyTree(Map.of(kind.primary(), given));
  }

  private @Nullable AnswerCheck trajectory(Located given, String path) {
    PolicyTree tree = options(CheckKind.TRAJECTORY, given);
    TrajectoryHead head =
        binder.bind(
            TrajectoryHead.class,
            tree.without("calls"),
            CheckKind.TRAJECTORY.defaults(),
            path,
            given.origin());
    Located calls = tree.entry("calls");
    List<AnswerCheck.ExpectedCall> expected = new ArrayList<>();
    if (calls != null && calls.value() instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        AnswerCheck.ExpectedCall call =
            call((Located) list.get(i), Keys.join(path, "calls[" + i + "]"));
        if (call != null) {
          expected.add(call);
        }
      }
    } else {
      problems.add(
          calls == null ? given.origin() : calls.origin(),
          path,
          "calls must be a list of tools, such as [search, {tool: pay, arguments: {amount: 3}}]");
      return null;
    }
    return head == null ? null : new AnswerCheck.Trajectory(head.mode(), expected);
  }

  /** The plain part of a trajectory. */
  record TrajectoryHead(AnswerCheck.TrajectoryMode mode) {}

  /** The plain part of a call. */
  record CallHead(String tool, Map<String, Object> arguments) {}

  private AnswerCheck.@Nullable ExpectedCall call(Located given, String path) {
    if (given.value() instanceof String tool) {
      return new AnswerCheck.ExpectedCall(tool, Map.of());
    }
    if (!(given.value() instanceof PolicyTree tree)) {
      problems.add(
          given.origin(), path, "must be the name of a tool, but is " + YamlText.describe(given));
      return null;
    }
    CallHead head = binder.bind(CallHead.class, tree, PolicyTree.empty(), path, given.origin());
    PolicyTree wanted = tree.child("arguments");
    Map<String, AnswerCheck> arguments = new LinkedHashMap<>();
    for (String name : wanted.keys()) {
      Located argument = requireNonNull(wanted.entry(name));
      AnswerCheck matcher = matcher(argument, Keys.join(path, "arguments." + name));
      if (matcher != null) {
        arguments.put(name, matcher);
      }
    }
    return head == null ? null : new AnswerCheck.ExpectedCall(head.tool(), arguments);
  }

  /**
   * A map whose one key is a kind of check is that check; everything else is the expected value.
   */
  private @Nullable AnswerCheck matcher(Located argument, String path) {
    if (argument.value() instanceof PolicyTree tree
        && tree.keys().size() == 1
        && CheckKind.keys().contains(tree.keys().iterator().next())) {
      WeightedCheck check = check(argument, path);
      return check == null ? null : check.check();
    }
    Object plain = PolicyTree.plain(argument.value());
    return plain instanceof String text
        ? new AnswerCheck.Exact(text, false, false)
        : new AnswerCheck.Json(plain, false, false, BigDecimal.ZERO);
  }

  /** Reads the short form, in which a task has one check only. */
  @Nullable WeightedCheck ofValidator(PolicyTree task, Origin origin, String path) {
    Located named = task.entry("validator");
    String name = named == null ? "exact" : String.valueOf(named.value());
    if (!CheckKind.validators().contains(name)) {
      problems.add(
          named == null ? origin : named.origin(),
          path,
          "validator must be one of "
              + String.join(", ", CheckKind.validators())
              + ", but is \""
              + name
              + "\"."
              + Suggestions.didYouMean(name, CheckKind.validators()));
      return null;
    }
    CheckKind kind = kind(name, origin, path);
    return kind == null ? null : ofValidator(kind, name, task, origin, path);
  }

  private @Nullable WeightedCheck ofValidator(
      CheckKind kind, String name, PolicyTree task, Origin origin, String path) {
    Map<String, Located> options = optionsOfValidator(kind, name, task, path);
    Located expected = task.entry("expected");
    if (options.isEmpty() && kind.form() != CheckKind.Form.FLAG) {
      problems.add(
          origin,
          path,
          kind == CheckKind.CUSTOM
              ? "validator-class is missing, which a custom validator needs"
              : "expected is missing, which validator " + name + " compares with");
      return null;
    }
    AnswerCheck check =
        (AnswerCheck)
            binder.bind(
                kind.type().asSubclass(Record.class),
                new PolicyTree(options),
                kind.defaults(),
                path,
                expected == null ? origin : expected.origin());
    Located shown = kind == CheckKind.CUSTOM ? task.entry("validator-class") : expected;
    return check == null
        ? null
        : new WeightedCheck(check, shown == null ? name : text(name, shown), 1, false);
  }

  /** Returns the options of a check, from the keys of its task. */
  private Map<String, Located> optionsOfValidator(
      CheckKind kind, String name, PolicyTree task, String path) {
    Map<String, Located> options = new LinkedHashMap<>();
    Located threshold = task.entry("threshold");
    Located type = task.entry("validator-class");
    Located expected = task.entry("expected");
    if (kind == CheckKind.CUSTOM) {
      put("type", type, options);
      put("expected", expected, options);
    } else {
      put(kind.primary(), expected, options);
    }
    if (threshold != null && kind.defaults().entry("threshold") != null) {
      options.put("threshold", threshold);
    } else if (threshold != null) {
      problems.add(threshold.key(), path, "threshold has no effect on validator " + name);
    }
    if (type != null && kind != CheckKind.CUSTOM) {
      problems.add(type.key(), path, "validator-class has no effect on validator " + name);
    }
    return options;
  }

  private static void put(String key, @Nullable Located value, Map<String, Located> options) {
    if (value != null) {
      options.put(key, value);
    }
  }

  /** Returns a check as its author wrote it. */
  private static String text(String name, Located given) {
    Object plain = PolicyTree.plain(given.value());
    if (plain == null) {
      return name;
    }
    String value = plain instanceof String text ? text : Json.write(plain);
    return name + ": " + (value.length() > LONGEST ? value.substring(0, LONGEST) + " ..." : value);
  }
}

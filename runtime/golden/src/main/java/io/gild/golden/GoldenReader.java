package io.gild.golden;

import static java.util.Objects.requireNonNull;

import io.gild.config.Binder;
import io.gild.config.Keys;
import io.gild.config.PolicyTree;
import io.gild.config.PolicyTree.Located;
import io.gild.config.Problems;
import io.gild.config.YamlText;
import io.gild.golden.GoldenSpec.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes golden tasks of located values; errors are reported, and their tasks left out. */
final class GoldenReader {

  private static final List<String> HEAD =
      List.of("id", "agent", "description", "pass-score", "repeats", "timeout", "tags");
  private static final List<String> SHORT =
      List.of("expected", "validator", "threshold", "validator-class");
  private static final List<String> KNOWN =
      Stream.of(HEAD, List.of("input", "turns", "checks"), SHORT).flatMap(List::stream).toList();
  private static final List<String> TURN = List.of("input", "checks");

  private final Problems problems;

  /** Keys that may be absent. */
  static final Map<Class<?>, List<String>> OPTIONAL =
      Map.of(
          GoldenHead.class,
          List.of("pass-score", "timeout"),
          AnswerCheck.Length.class,
          List.of("max"),
          AnswerCheck.Json.class,
          List.of("value"));

  private final Binder binder;
  private final CheckReader checks;
  private Fixtures fixtures = Fixtures.NONE;

  GoldenReader(Problems problems) {
    this.problems = problems;
    this.binder = new Binder(problems, OPTIONAL);
    this.checks = new CheckReader(problems, binder);
  }

  Binder binder() {
    return binder;
  }

  void fixtures(Fixtures value) {
    fixtures = value;
  }

  /** Reads one task; {@code null} if it is invalid. */
  @Nullable GoldenSpec read(Located raw, String path) {
    if (!(raw.value() instanceof PolicyTree)) {
      problems.add(raw.origin(), path, "must be a map, but is " + YamlText.describe(raw));
      return null;
    }
    int before = problems.list().size();
    Located item = fixtures.into(raw, path);
    PolicyTree tree = (PolicyTree) requireNonNull(item.value());
    binder.reportUnknownKeys(KNOWN, tree, path);
    GoldenHead head =
        binder.bind(GoldenHead.class, only(tree, HEAD), GoldenHead.DEFAULTS, path, item.origin());
    List<WeightedCheck> judged = new ArrayList<>();
    addShort(tree, item, path, judged);
    judged.addAll(checks(tree, path));
    List<Turn> turns = turns(tree, path);
    boolean anyCheck =
        !judged.isEmpty() || turns.stream().anyMatch(turn -> !turn.checks().isEmpty());
    if (!anyCheck && problems.list().size() == before) {
      problems.add(item.origin(), path, "has no check. Give expected, or checks.");
    }
    return head == null || problems.list().size() > before
        ? null
        : new GoldenSpec(
            head.id(),
            head.agent(),
            head.description(),
            turns,
            judged,
            head.passScore(),
            head.repeats(),
            head.timeout(),
            head.tags());
  }

  private static PolicyTree only(PolicyTree tree, List<String> keys) {
    Map<String, Located> kept = new LinkedHashMap<>();
    for (String key : keys) {
      Located entry = tree.entry(key);
      if (entry != null) {
        kept.put(key, entry);
      }
    }
    return new PolicyTree(kept);
  }

  /** Reads {@code expected}, {@code validator}, {@code threshold}, {@code validator-class}. */
  private void addShort(PolicyTree tree, Located item, String path, List<WeightedCheck> judged) {
    if (SHORT.stream().allMatch(key -> tree.entry(key) == null)) {
      return;
    }
    WeightedCheck check = checks.ofValidator(tree, item.origin(), path);
    if (check != null) {
      judged.add(check);
    }
  }

  private List<WeightedCheck> checks(PolicyTree tree, String path) {
    Located given = tree.entry("checks");
    return given == null ? List.of() : checks.list(given, Keys.join(path, "checks"));
  }

  private List<Turn> turns(PolicyTree tree, String path) {
    Located turns = tree.entry("turns");
    Located input = tree.entry("input");
    if (turns == null) {
      return List.of(
          new Turn(
              input == null ? new GoldenInput.Positional(List.of()) : input(input), List.of()));
    }
    String where = Keys.join(path, "turns");
    if (input != null) {
      problems.add(input.key(), path, "has both input and turns; keep one of them");
    }
    if (!(turns.value() instanceof List<?> list) || list.isEmpty()) {
      problems.add(turns.origin(), where, "must be a list of turns, each with input");
      return List.of(new Turn(new GoldenInput.Positional(List.of()), List.of()));
    }
    List<Turn> read = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      read.add(turn((Located) list.get(i), where + "[" + i + "]"));
    }
    return read;
  }

  private Turn turn(Located given, String path) {
    if (!(given.value() instanceof PolicyTree tree) || tree.entry("input") == null) {
      return new Turn(input(given), List.of()); // the input alone
    }
    binder.reportUnknownKeys(TURN, tree, path);
    Located input = tree.entry("input");
    return new Turn(input(requireNonNull(input)), checks(tree, path));
  }

  private static GoldenInput input(Located given) {
    Object value = given.value();
    if (value instanceof PolicyTree tree) {
      return new GoldenInput.Named(tree.toMap());
    }
    List<@Nullable Object> values = new ArrayList<>();
    if (value instanceof List<?> list) {
      list.forEach(item -> values.add(PolicyTree.plain(((Located) item).value())));
    } else {
      values.add(value);
    }
    return new GoldenInput.Positional(values);
  }
}

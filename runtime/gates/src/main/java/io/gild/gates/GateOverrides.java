package io.gild.gates;

import io.gild.config.Binder;
import io.gild.config.Experimental;
import io.gild.config.Origin;
import io.gild.config.PolicyTree;
import io.gild.config.PolicyTree.Located;
import io.gild.config.Problems;
import io.gild.config.SettingsException;
import io.gild.config.Suggestions;
import io.gild.config.YamlText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A file of exceptions to gates: YAML with a list, alone or under {@code overrides}.
 *
 * <p>The file is separate from {@code gild.yaml}, so that it can have its own owners and so that an
 * expired exception never invalidates the settings of a running application.
 *
 * @param entries the exceptions in the order of the file
 */
@Experimental
public record GateOverrides(List<Entry> entries) {

  /** No exceptions. */
  public static final GateOverrides NONE = new GateOverrides(List.of());

  /**
   * An exception and its place.
   *
   * @param override the exception
   * @param origin its place
   */
  public record Entry(GateOverride override, Origin origin) {}

  private static final PolicyTree DEFAULTS = PolicyTree.of(Map.of("agent", "*"));

  /** Copies the list. */
  public GateOverrides {
    entries = List.copyOf(entries);
  }

  /**
   * Reads a file.
   *
   * @param file the file; one that does not exist holds no exceptions
   * @param today the day that exceptions must have reached, in UTC
   * @return the exceptions
   * @throws SettingsException if any is incomplete, wrong, or ran out; with all that are
   * @throws UncheckedIOException if the file cannot be read
   */
  public static GateOverrides read(Path file, LocalDate today) {
    if (!Files.exists(file)) {
      return NONE;
    }
    try {
      return read(file.toString(), Files.readString(file), today);
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot read the gate overrides in " + file, failure);
    }
  }

  /**
   * Reads a text.
   *
   * @param name name of the file, for messages
   * @param text its content
   * @param today the day that exceptions must have reached, in UTC
   * @return the exceptions
   * @throws SettingsException if any is incomplete, wrong, or ran out; with all that are
   */
  public static GateOverrides read(String name, String text, LocalDate today) {
    return read(name, text, today, List.of());
  }

  /**
   * Reads a text for gates that {@linkplain QualityGate#with have} further criteria.
   *
   * @param name name of the file, for messages
   * @param text its content
   * @param today the day that exceptions must have reached, in UTC
   * @param own the names of criteria in addition to {@link Gate#CRITERIA} and those of other
   *     modules
   * @return the exceptions
   * @throws SettingsException if any is incomplete, wrong, or ran out; with all that are
   */
  public static GateOverrides read(
      String name, String text, LocalDate today, Collection<String> own) {
    List<String> criteria = new ArrayList<>(Gate.CRITERIA);
    criteria.addAll(OwnCriteria.names());
    criteria.addAll(own);
    Problems problems = new Problems();
    List<Entry> entries = new ArrayList<>();
    Binder binder = new Binder(problems, Map.of());
    List<Located> items = items(YamlText.read(name, text, problems), problems);
    for (int i = 0; i < items.size(); i++) {
      Located item = items.get(i);
      String path = "overrides[" + i + "]";
      if (!(item.value() instanceof PolicyTree tree)) {
        problems.add(item.origin(), path, "must be a map, but is " + YamlText.describe(item));
        continue;
      }
      GateOverride override = binder.bind(GateOverride.class, tree, DEFAULTS, path, item.origin());
      if (override != null) {
        checkDay(override, tree, path, item, today, problems);
        checkCriterion(override, tree, path, item, criteria, problems);
        entries.add(new Entry(override, item.origin()));
      }
    }
    problems.throwIfAny();
    return new GateOverrides(entries);
  }

  private static void checkDay(
      GateOverride override,
      PolicyTree tree,
      String path,
      Located item,
      LocalDate today,
      Problems problems) {
    if (override.until().isBefore(today)) {
      Located until = tree.entry("until");
      problems.add(
          until == null ? item.origin() : until.origin(),
          path,
          "until must not be in the past, but is "
              + override.until()
              + ". Delete the override of "
              + override.who()
              + ", or renew the decision");
    }
  }

  private static void checkCriterion(
      GateOverride override,
      PolicyTree tree,
      String path,
      Located item,
      List<String> criteria,
      Problems problems) {
    String criterion = override.criterion();
    if (!criterion.equals("*") && !criteria.contains(criterion)) {
      Located given = tree.entry("criterion");
      problems.add(
          given == null ? item.origin() : given.origin(),
          path,
          "criterion must be * or one of "
              + String.join(", ", criteria)
              + ", but is \""
              + criterion
              + "\"."
              + Suggestions.didYouMean(criterion, criteria));
    }
  }

  private static List<Located> items(Located root, Problems problems) {
    Located own = root.value() instanceof PolicyTree tree ? tree.entry("overrides") : null;
    Located list = own == null ? root : own;
    List<Located> items = new ArrayList<>();
    if (list.value() instanceof List<?> values) {
      values.forEach(value -> items.add((Located) value));
    } else if (list.value() != null && problems.list().isEmpty()) {
      problems.add(list.origin(), "", "expected a list, alone or under \"overrides\"");
    }
    return items;
  }
}

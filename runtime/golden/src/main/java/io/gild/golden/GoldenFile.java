package io.gild.golden;

import io.gild.config.Experimental;
import io.gild.config.JsonText;
import io.gild.config.Origin;
import io.gild.config.PolicyTree;
import io.gild.config.PolicyTree.Located;
import io.gild.config.Problem;
import io.gild.config.Problems;
import io.gild.config.SettingsException;
import io.gild.config.YamlText;
import io.gild.golden.CsvText.Cell;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A file of golden tasks: YAML or JSON with a list, alone or under {@code tasks}; JSONL; or CSV.
 *
 * @param tasks the valid tasks, in the order of the file
 * @param problems all mistakes
 */
@Experimental
public record GoldenFile(List<Task> tasks, List<Problem> problems) {

  /**
   * A task and its place.
   *
   * @param spec the task
   * @param origin the task's place
   */
  public record Task(GoldenSpec spec, Origin origin) {}

  /** Finds no files. */
  private static final Function<String, @Nullable String> NO_FILES = path -> null;

  private static final List<String> KEYS = List.of("defaults", "fixtures", "tasks");
  private static final Comparator<Problem> IN_THE_FILE =
      Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

  /** Copies the lists. */
  public GoldenFile {
    tasks = List.copyOf(tasks);
    problems = List.copyOf(problems);
  }

  /**
   * Reads a file whose fixtures, if any, are all in it.
   *
   * @param name name of the file, for messages
   * @param text its content
   * @return the tasks
   * @throws SettingsException with all mistakes, if there are any
   */
  public static GoldenFile read(String name, String text) {
    GoldenFile file = scan(name, text, NO_FILES);
    if (!file.problems.isEmpty()) {
      throw new SettingsException(file.problems);
    }
    return file;
  }

  /**
   * Reads the valid tasks of a file.
   *
   * @param name name of the file, for messages; one that ends with {@code .jsonl} or {@code
   *     .ndjson} holds one JSON object per line, one with {@code .csv} a table whose first line
   *     names the keys, one with {@code .json} JSON, any other YAML
   * @param text its content
   * @param files returns the text of a fixture's file by its path, or {@code null}
   * @return the tasks and the problems
   */
  public static GoldenFile scan(
      String name, String text, Function<String, @Nullable String> files) {
    Problems problems = new Problems();
    GoldenReader reader = new GoldenReader(problems);
    String lower = name.toLowerCase(Locale.ROOT);
    List<Located> items;
    if (lower.endsWith(".jsonl") || lower.endsWith(".ndjson")) {
      items = jsonl(name, text, problems);
    } else if (lower.endsWith(".csv")) {
      items = csv(name, text, problems);
    } else {
      items = tree(root(name, text, problems), files, reader, problems);
    }
    List<Task> tasks = tasks(items, reader, problems);
    return new GoldenFile(tasks, problems.list().stream().sorted(IN_THE_FILE).toList());
  }

  /**
   * Reads a task that is not part of a file.
   *
   * @param task keys and values as in a file; a check may be YAML text
   * @return the task, or nothing if there are problems; their places are those of the values
   */
  public static GoldenFile single(PolicyTree task) {
    Problems problems = new Problems();
    Origin origin = Origin.ANNOTATION;
    GoldenSpec spec = new GoldenReader(problems).read(new Located(task, origin, origin), "");
    return new GoldenFile(
        spec == null || !problems.list().isEmpty() ? List.of() : List.of(new Task(spec, origin)),
        problems.list());
  }

  /**
   * Returns the tasks for one agent.
   *
   * @param agent name of the agent
   * @return its own tasks and those for any agent that names the file
   */
  public List<Task> of(String agent) {
    return tasks.stream()
        .filter(task -> task.spec().agent().isEmpty() || task.spec().agent().equals(agent))
        .toList();
  }

  private static List<Task> tasks(List<Located> items, GoldenReader reader, Problems problems) {
    Map<List<String>, Task> tasks = new LinkedHashMap<>();
    for (int i = 0; i < items.size(); i++) {
      Located item = items.get(i);
      String path = "tasks[" + i + "]";
      GoldenSpec spec = reader.read(item, path);
      if (spec == null) {
        continue;
      }
      Task earlier =
          tasks.putIfAbsent(List.of(spec.agent(), spec.id()), new Task(spec, item.origin()));
      if (earlier != null) {
        problems.add(
            item.origin(),
            path,
            "id \"" + spec.id() + "\" is taken by the task in line " + earlier.origin().line());
      }
    }
    return new ArrayList<>(tasks.values());
  }

  private static Located root(String name, String text, Problems problems) {
    if (!name.toLowerCase(Locale.ROOT).endsWith(".json")) {
      return YamlText.read(name, text, problems);
    }
    Located root = JsonText.read(new Origin(name, 1, 1), text, problems);
    return root == null ? new Located(null, Origin.of(name), Origin.of(name)) : root;
  }

  private static List<Located> tree(
      Located root,
      Function<String, @Nullable String> files,
      GoldenReader reader,
      Problems problems) {
    Located list = root;
    PolicyTree defaults = PolicyTree.empty();
    if (root.value() instanceof PolicyTree tree) {
      Located tasks = tree.entry("tasks");
      if (tasks != null) {
        reader.binder().reportUnknownKeys(KEYS, tree, "");
        reader.fixtures(Fixtures.read(tree.child("fixtures"), files, problems));
        defaults = tree.child("defaults");
        list = tasks;
      }
    }
    List<Located> items = new ArrayList<>();
    if (list.value() instanceof List<?> values) {
      for (Object value : values) {
        items.add(overlaid(defaults, (Located) value));
      }
    } else if (problems.list().isEmpty()) {
      problems.add(list.origin(), "", "expected a list of tasks, alone or under \"tasks\"");
    }
    return items;
  }

  private static Located overlaid(PolicyTree defaults, Located item) {
    return item.value() instanceof PolicyTree tree
        ? new Located(defaults.overlay(tree), item.key(), item.origin())
        : item;
  }

  private static List<Located> jsonl(String name, String text, Problems problems) {
    List<Located> items = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.equals("\ufeff")) {
        continue;
      }
      Located item = JsonText.read(new Origin(name, number, 1), line, problems);
      if (item != null) {
        items.add(item);
      }
    }
    return items;
  }

  private static List<Located> csv(String name, String text, Problems problems) {
    List<List<Cell>> rows = CsvText.read(name, text, problems);
    if (rows.isEmpty()) {
      problems.add(Origin.of(name), "", "expected a first line that names the columns");
      return List.of();
    }
    List<Cell> header = rows.get(0);
    checkHeader(header, problems);
    List<Located> items = new ArrayList<>();
    for (List<Cell> row : rows.subList(1, rows.size())) {
      Origin origin = row.get(0).origin();
      if (row.stream().skip(header.size()).anyMatch(cell -> !cell.text().isEmpty())) {
        problems.add(
            row.get(header.size()).origin(),
            "",
            "has "
                + row.size()
                + " columns, but the first line names "
                + header.size()
                + "; put a value with a separator in it between quotes");
      }
      items.add(new Located(row(header, row), origin, origin));
    }
    return items;
  }

  private static void checkHeader(List<Cell> header, Problems problems) {
    Set<String> known = new HashSet<>();
    for (Cell cell : header) {
      if (!cell.text().isEmpty() && !cell.text().equals("checks") && !known.add(cell.text())) {
        problems.add(cell.origin(), cell.text(), "names two columns; rename one of them");
      }
    }
  }

  /** Makes a task of a row; {@code input.city} is an input by name, {@code tags} is a list. */
  private static PolicyTree row(List<Cell> header, List<Cell> row) {
    Map<String, Located> task = new LinkedHashMap<>();
    Map<String, Located> inputs = new LinkedHashMap<>();
    List<Located> checks = new ArrayList<>();
    for (int i = 0; i < Math.min(header.size(), row.size()); i++) {
      String key = header.get(i).text();
      Cell cell = row.get(i);
      if (cell.text().isEmpty()) {
        continue;
      }
      Located value = new Located(cell.text(), header.get(i).origin(), cell.origin());
      if (key.startsWith("input.")) {
        inputs.put(key.substring("input.".length()), value);
      } else if (key.equals("checks")) {
        checks.add(value);
      } else {
        task.put(key, key.equals("tags") ? PolicyTree.located(tags(cell), cell.origin()) : value);
      }
    }
    Origin origin = row.get(0).origin();
    if (!inputs.isEmpty()) {
      task.put("input", new Located(new PolicyTree(inputs), origin, origin));
    }
    if (!checks.isEmpty()) {
      task.put("checks", new Located(List.copyOf(checks), origin, origin));
    }
    return new PolicyTree(task);
  }

  private static List<String> tags(Cell cell) {
    return List.of(cell.text().split("[\\s,;]+"));
  }
}

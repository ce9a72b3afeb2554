package io.gild.config;

import io.gild.config.PolicyTree.Located;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A file of golden tasks: YAML with a list, alone or under {@code tasks}, or JSONL.
 *
 * @param tasks the tasks in the order of the file
 */
public record GoldenFile(List<Task> tasks) {

  /**
   * A task and its place.
   *
   * @param spec the task
   * @param origin where it stands
   */
  public record Task(GoldenSpec spec, Origin origin) {}

  private static final PolicyTree DEFAULTS =
      PolicyTree.of(
          Map.of(
              "expected", "",
              "validator", "exact",
              "threshold", 0.8,
              "validator-class", ""));

  /** Copies the list. */
  public GoldenFile {
    tasks = List.copyOf(tasks);
  }

  /**
   * Reads a file.
   *
   * @param name name of the file, for messages; one that ends with {@code .jsonl} holds one JSON
   *     object per line
   * @param text its content
   * @return the tasks
   * @throws SettingsException if anything is wrong, with all that is
   */
  public static GoldenFile read(String name, String text) {
    Problems problems = new Problems();
    List<Located> items =
        name.toLowerCase(Locale.ROOT).endsWith(".jsonl")
            ? jsonl(name, text, problems)
            : yaml(name, text, problems);
    List<Task> tasks = bind(items, problems);
    problems.throwIfAny();
    return new GoldenFile(tasks);
  }

  private static List<Task> bind(List<Located> items, Problems problems) {
    Binder binder = new Binder(problems, PolicyTree.empty());
    Map<String, Task> tasks = new LinkedHashMap<>();
    for (int i = 0; i < items.size(); i++) {
      Located item = items.get(i);
      String path = "tasks[" + i + "]";
      if (!(item.value() instanceof PolicyTree tree)) {
        problems.add(item.origin(), path, "must be a map, but is " + YamlText.describe(item));
        continue;
      }
      GoldenSpec spec = binder.bind(GoldenSpec.class, tree, DEFAULTS, path, item.origin());
      if (spec == null) {
        continue;
      }
      Task earlier = tasks.putIfAbsent(spec.id(), new Task(spec, item.origin()));
      if (earlier != null) {
        problems.add(
            item.origin(),
            path,
            "id \"" + spec.id() + "\" is taken by the task in line " + earlier.origin().line());
      }
    }
    return new ArrayList<>(tasks.values());
  }

  private static List<Located> yaml(String name, String text, Problems problems) {
    Located root = YamlText.read(name, text, problems);
    Located list = root;
    if (root.value() instanceof PolicyTree tree) {
      Located tasks = tree.entry("tasks");
      list = tasks == null ? root : tasks;
    }
    List<Located> items = new ArrayList<>();
    if (list.value() instanceof List<?> values) {
      values.forEach(value -> items.add((Located) value));
    } else if (problems.list().isEmpty()) {
      problems.add(list.origin(), "", "expected a list of tasks, alone or under \"tasks\"");
    }
    return items;
  }

  private static List<Located> jsonl(String name, String text, Problems problems) {
    List<Located> items = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      Origin origin = new Origin(name, number, 1);
      try {
        items.add(new Located(PolicyTree.fromJson(line, origin), origin, origin));
      } catch (IllegalArgumentException e) {
        problems.add(origin, "", "not a JSON object: " + e.getMessage());
      }
    }
    return items;
  }
}

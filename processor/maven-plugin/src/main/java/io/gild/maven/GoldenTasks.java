package io.gild.maven;

import io.gild.config.GoldenFile;
import io.gild.config.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.maven.plugin.MojoFailureException;

/** Lists the golden tasks of a module, those in files included. */
final class GoldenTasks {

  /** A task of a method. */
  record Task(Registry.Agent agent, Registry.Method method, String id, List<String> tags) {}

  private final List<Path> resources;
  private final List<String> mistakes = new ArrayList<>();

  private GoldenTasks(List<Path> resources) {
    this.resources = resources;
  }

  /**
   * Lists the tasks of each agent that has any.
   *
   * @param resources folders where golden files may be, the best one first
   * @throws MojoFailureException if a file is missing or wrong, with every mistake
   */
  static Map<Registry.Agent, List<Task>> list(Registry registry, List<Path> resources)
      throws MojoFailureException {
    GoldenTasks reader = new GoldenTasks(resources);
    Map<Registry.Agent, List<Task>> tasks = new LinkedHashMap<>();
    for (Registry.Agent agent : registry.agents()) {
      List<Task> own = reader.tasks(agent);
      if (!own.isEmpty()) {
        tasks.put(agent, own);
      }
    }
    if (!reader.mistakes.isEmpty()) {
      throw new MojoFailureException(
          "Golden tasks are wrong:\n  " + String.join("\n  ", reader.mistakes));
    }
    return tasks;
  }

  private List<Task> tasks(Registry.Agent agent) {
    List<Task> tasks = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Registry.Method method : agent.methods()) {
      for (Map<String, Object> entry : method.golden()) {
        if (entry.containsKey("file")) {
          addFile(agent, method, Registry.text(entry, "file"), ids, tasks);
        } else {
          ids.add(Registry.text(entry, "id"));
          tasks.add(new Task(agent, method, Registry.text(entry, "id"), tags(entry)));
        }
      }
    }
    return tasks;
  }

  private void addFile(
      Registry.Agent agent,
      Registry.Method method,
      String file,
      Set<String> ids,
      List<Task> tasks) {
    for (Path folder : resources) {
      Path path = folder.resolve(file);
      if (Files.isRegularFile(path)) {
        read(path).forEach(task -> add(agent, method, task, ids, tasks));
        return;
      }
    }
    mistakes.add(
        agent.type()
            + "#"
            + method.name()
            + ": golden file \""
            + file
            + "\" is not among the resources. Put it under src/main/resources.");
  }

  private List<GoldenFile.Task> read(Path path) {
    try {
      return GoldenFile.read(path.toString(), Files.readString(path)).tasks();
    } catch (SettingsException e) {
      e.problems().forEach(problem -> mistakes.add(problem.toString()));
    } catch (IOException e) {
      mistakes.add(path + ": cannot be read: " + e);
    }
    return List.of();
  }

  private void add(
      Registry.Agent agent,
      Registry.Method method,
      GoldenFile.Task task,
      Set<String> ids,
      List<Task> tasks) {
    int given = task.spec().input().size();
    if (given != method.parameters() && given != method.required()) {
      mistakes.add(
          "%s: task \"%s\" has %d inputs, but %s takes %d"
              .formatted(task.origin(), task.spec().id(), given, method.name(), method.required()));
    }
    if (!ids.add(task.spec().id())) {
      mistakes.add(
          "%s: id \"%s\" is taken by another task of agent %s"
              .formatted(task.origin(), task.spec().id(), agent.name()));
    }
    tasks.add(new Task(agent, method, task.spec().id(), task.spec().tags()));
  }

  private static List<String> tags(Map<String, Object> entry) {
    List<String> tags = new ArrayList<>();
    if (entry.get("tags") instanceof List<?> list) {
      list.forEach(tag -> tags.add(String.valueOf(tag)));
    }
    return tags;
  }
}

package io.gild.golden;

import io.gild.config.Experimental;
import io.gild.config.Origin;
import io.gild.config.PolicyTree;
import io.gild.golden.DeclaredAgent.DeclaredMethod;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The golden tasks of an agent, those in files included.
 *
 * @param agent the agent
 * @param tasks the tasks that can be run, in the order of the source
 * @param problems the problems of other tasks, each with its place; a task with a problem is left
 *     out
 */
@Experimental
public record GoldenSet(DeclaredAgent agent, List<Task> tasks, List<String> problems) {

  /**
   * A task of a method.
   *
   * @param method the method
   * @param spec the task
   * @param origin the task's place
   */
  public record Task(DeclaredMethod method, GoldenSpec spec, Origin origin) {}

  /** A file's text, and its name in messages. */
  public record Source(String name, String text) {}

  /** Copies the lists. */
  public GoldenSet {
    tasks = List.copyOf(tasks);
    problems = List.copyOf(problems);
  }

  /**
   * Reads the tasks of an agent.
   *
   * @param agent the agent
   * @param files finds a file by its path among the resources; returns {@code null} if it is
   *     missing
   * @return the tasks and the problems
   */
  public static GoldenSet of(DeclaredAgent agent, Function<String, @Nullable Source> files) {
    Collector collector = new Collector(agent, files);
    for (DeclaredMethod method : agent.methods()) {
      for (Map<String, Object> entry : method.golden()) {
        if (entry.get("file") instanceof String file && !file.isEmpty()) {
          collector.addFile(method, file);
        } else {
          collector.addDeclared(method, entry);
        }
      }
    }
    return new GoldenSet(agent, collector.tasks, collector.problems);
  }

  /**
   * Returns the problems of agents that share a name: their results could not be distinguished.
   *
   * @param sets the golden tasks of agents; those without any do not count
   * @return one message for each name that several classes have
   */
  public static List<String> sameNames(Collection<GoldenSet> sets) {
    Map<String, Set<String>> types = new TreeMap<>();
    for (GoldenSet set : sets) {
      if (!set.tasks.isEmpty()) {
        types.computeIfAbsent(set.agent.name(), name -> new TreeSet<>()).add(set.agent.type());
      }
    }
    List<String> wrong = new ArrayList<>();
    types.forEach((name, own) -> {
      if (own.size() > 1) {
        wrong.add(sameName(name, own));
      }
    });
    return wrong;
  }

  /**
   * Returns the message about agents of one name.
   *
   * @param name the name
   * @param types the agents' classes
   * @return the problem and its remedy
   */
  public static String sameName(String name, Collection<String> types) {
    return "Agent name \"%s\" is used by %s, so the results of their golden tasks would be mixed. Give one of them another name: @Agent(name = \"...\")."
        .formatted(name, String.join(" and ", types));
  }

  /**
   * Returns the task of an id.
   *
   * @param id the id
   * @return the task
   * @throws IllegalArgumentException if there is none; the message contains the reason, if a
   *     problem is known
   */
  public Task task(String id) {
    for (Task task : tasks) {
      if (task.spec().id().equals(id)) {
        return task;
      }
    }
    throw new IllegalArgumentException(
        "Agent "
            + agent.name()
            + " has no golden task \""
            + id
            + "\"."
            + (problems.isEmpty() ? "" : "\n  " + String.join("\n  ", problems)));
  }

  private static final class Collector {

    private final DeclaredAgent agent;
    private final Function<String, @Nullable Source> files;
    private final List<Task> tasks = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<String, Origin> taken = new HashMap<>();

    Collector(DeclaredAgent agent, Function<String, @Nullable Source> files) {
      this.agent = agent;
      this.files = files;
    }

    void addDeclared(DeclaredMethod method, Map<String, Object> entry) {
      Origin origin = Origin.of(agent.type() + "#" + method.name());
      GoldenFile read = GoldenFile.single(PolicyTree.of(entry, origin));
      read.problems().forEach(problem -> problems.add(problem.toString()));
      read.tasks().forEach(task -> add(method, task.spec(), origin));
    }

    void addFile(DeclaredMethod method, String path) {
      Source source;
      try {
        source = files.apply(path);
      } catch (UncheckedIOException unreadable) {
        problems.add(String.valueOf(unreadable.getMessage()));
        return;
      }
      if (source == null) {
        problems.add(
            "%s#%s: golden file \"%s\" is not among the resources. Put it under src/main/resources."
                .formatted(agent.type(), method.name(), path));
        return;
      }
      GoldenFile read = GoldenFile.scan(source.name(), source.text(), name -> fixture(path, name));
      read.problems().forEach(problem -> problems.add(problem.toString()));
      read.of(agent.name()).forEach(task -> add(method, task.spec(), task.origin()));
    }

    private @Nullable String fixture(String file, String path) {
      Source found = files.apply(file.substring(0, file.lastIndexOf('/') + 1) + path);
      found = found == null ? files.apply(path) : found;
      return found == null ? null : found.text();
    }

    private void add(DeclaredMethod method, GoldenSpec spec, Origin origin) {
      for (GoldenSpec.Turn turn : spec.turns()) {
        try {
          turn.input().arrange(method.parameters(), method.toString());
        } catch (GoldenInput.Mismatch mismatch) {
          problems.add(origin + ": task \"" + spec.id() + "\" " + mismatch.getMessage());
          return;
        }
      }
      Origin earlier = taken.putIfAbsent(spec.id(), origin);
      if (earlier != null) {
        problems.add(
            "%s: id \"%s\" is taken by another task of agent %s, in %s"
                .formatted(origin, spec.id(), agent.name(), earlier));
        return;
      }
      tasks.add(new Task(method, spec, origin));
    }
  }
}

package io.gild.gates;

import io.gild.config.Experimental;
import io.gild.golden.Shard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The results of a run of golden tasks that was divided into {@linkplain Shard shards}, as if one
 * machine had run them all.
 *
 * @param info the description of the whole run
 * @param results the results of all shards, in the order of the tasks
 * @param problems lines that are not results, each with file and line
 */
@Experimental
public record ShardedRun(RunInfo info, List<TaskResult> results, List<String> problems) {

  /** Copies the lists. */
  public ShardedRun {
    results = List.copyOf(results);
    problems = List.copyOf(problems);
  }

  /** The results of a folder. */
  private record Part(Path folder, RunInfo info, ResultLog.Read read) {}

  /**
   * Reads the results of a run.
   *
   * @param places the folder of a whole run, or those of all its shards; a folder without results
   *     stands for those in it that have some
   * @return the run
   * @throws IOException if a folder cannot be read
   * @throws IllegalArgumentException if a shard is missing, is there twice, or belongs to another
   *     run; the message names it
   */
  public static ShardedRun read(List<Path> places) throws IOException {
    List<Part> parts = new ArrayList<>();
    for (Path place : places) {
      for (Path folder : folders(place)) {
        parts.add(new Part(folder, RunInfo.read(folder), ResultLog.read(folder)));
      }
    }
    if (parts.size() == 1 && parts.get(0).info.shard().isWhole()) {
      Part whole = parts.get(0);
      return new ShardedRun(whole.info, whole.read.results(), whole.read.problems());
    }
    requireComplete(parts);
    parts.forEach(part -> requireSame(parts.get(0), part));
    parts.forEach(ShardedRun::requireOwnTasks);
    RunInfo first = parts.get(0).info;
    return new ShardedRun(
        new RunInfo(first.version(), first.agents(), Shard.ALL, first.selection()),
        inOrder(parts, first.agents()),
        parts.stream().flatMap(part -> part.read.problems().stream()).toList());
  }

  private static List<Path> folders(Path place) throws IOException {
    if (!Files.isDirectory(place) || isRun(place)) {
      return List.of(place);
    }
    try (Stream<Path> inside = Files.list(place)) {
      List<Path> runs =
          inside.filter(Files::isDirectory).filter(ShardedRun::isRun).sorted().toList();
      return runs.isEmpty() ? List.of(place) : runs;
    }
  }

  private static boolean isRun(Path folder) {
    if (RunInfo.isIn(folder)) {
      return true;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.toString().endsWith(".jsonl"));
    } catch (IOException unreadable) {
      return true; // reading the results reports why
    }
  }

  private static void requireComplete(List<Part> parts) {
    Map<Integer, Path> found = new TreeMap<>();
    int count = parts.get(0).info.shard().count();
    for (Part part : parts) {
      Shard shard = part.info.shard();
      if (shard.isWhole()) {
        throw new IllegalArgumentException(
            "%s is no shard: it has the results of a whole run, or of a build without gild.shard. Name it alone, or only shards of one run."
                .formatted(part.folder));
      }
      if (shard.count() != count) {
        throw new IllegalArgumentException(
            "%s is shard %s, but %s is shard %s. Name the shards of one run."
                .formatted(part.folder, shard, parts.get(0).folder, parts.get(0).info.shard()));
      }
      Path other = found.putIfAbsent(shard.index(), part.folder);
      if (other != null) {
        throw new IllegalArgumentException(
            "shard %s is there twice: %s and %s".formatted(shard, other, part.folder));
      }
    }
    List<String> missing =
        IntStream.rangeClosed(1, count)
            .filter(index -> !found.containsKey(index))
            .mapToObj(index -> index + "/" + count)
            .toList();
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "%s %s missing; %d of %d are there. Name the folders of all shards, or one that has them."
              .formatted(
                  (missing.size() == 1 ? "shard " : "shards ") + String.join(", ", missing),
                  missing.size() == 1 ? "is" : "are",
                  found.size(),
                  count));
    }
  }

  private static void requireSame(Part one, Part other) {
    String differs =
        !one.info.version().equals(other.info.version())
            ? "version"
            : !one.info.agents().equals(other.info.agents())
                ? "agents or golden tasks"
                : !one.info.selection().equals(other.info.selection())
                    ? "selection of tasks, repeats or seed"
                    : "";
    if (!differs.isEmpty()) {
      throw new IllegalArgumentException(
          "%s and %s are shards of different runs: they differ in %s"
              .formatted(one.folder, other.folder, differs));
    }
  }

  private static void requireOwnTasks(Part part) {
    for (TaskResult result : part.read.results()) {
      TaskKey key = result.key();
      Shard shard = part.info.shard();
      if (!shard.contains(key.agent(), key.task())) {
        throw new IllegalArgumentException(
            "%s is shard %s, but has a result of %s, which is in shard %s"
                .formatted(
                    part.folder, shard, key, Shard.of(key.agent(), key.task(), shard.count())));
      }
    }
  }

  private static List<TaskResult> inOrder(List<Part> parts, List<AgentInfo> agents) {
    Map<TaskKey, Integer> places = new HashMap<>();
    for (AgentInfo agent : agents) {
      for (String task : agent.tasks()) {
        places.putIfAbsent(new TaskKey(agent.name(), task), places.size());
      }
    }
    return parts.stream()
        .flatMap(part -> part.read.results().stream())
        .sorted(
            Comparator.comparingInt(result -> places.getOrDefault(result.key(), Integer.MAX_VALUE)))
        .toList();
  }
}

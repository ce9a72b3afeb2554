package io.gild.gates;

import io.gild.config.Experimental;
import io.gild.config.Journal;
import io.gild.config.JournalReader;
import io.gild.config.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A summary of earlier runs of all golden tasks: one line of JSON per run.
 *
 * <p>A line that its writer did not finish is left out when reading. Beyond the bound the oldest
 * runs are dropped. Safe for use by many threads and processes: one writes at a time.
 */
@Experimental
public final class History {

  private final Journal journal;
  private final int bound;

  /**
   * Creates a history.
   *
   * @param file the file, made at the first run with the folders above it
   * @param bound how many runs are kept; above zero
   */
  public History(Path file, int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound must be >= 1, but is " + bound);
    }
    this.journal = Journal.builder(file).exclusive().build();
    this.bound = bound;
  }

  /**
   * Returns the history of a data directory, of the last 100 runs.
   *
   * @param data the directory, as in {@code gild.data}
   * @return the history in {@code history/runs.jsonl}
   */
  public static History in(Path data) {
    return new History(data.resolve("history").resolve("runs.jsonl"), 100);
  }

  /**
   * A run of all golden tasks.
   *
   * @param id names the run, such as the number of a build
   * @param at when it ended
   * @param version version of the application; may be empty
   * @param tasks the summary of each task
   */
  public record Run(String id, Instant at, String version, Map<TaskKey, Point> tasks) {

    /** Copies the map. */
    public Run {
      tasks = Map.copyOf(tasks);
    }

    /**
     * Summarizes results.
     *
     * @param id names the run
     * @param at when it ended
     * @param version version of the application; may be empty
     * @param statistics the results of the tasks
     * @return the run
     */
    public static Run of(String id, Instant at, String version, Statistics statistics) {
      Map<TaskKey, Point> tasks = new TreeMap<>();
      for (TaskStats task : statistics.decided()) {
        tasks.put(
            task.key(),
            new Point(
                task.passes(),
                task.decided(),
                Math.round(task.score() * 1e4) / 1e4,
                task.costUsd(),
                task.latency().toMillis()));
      }
      return new Run(id, at, version, tasks);
    }

    /**
     * Returns the mean of the tasks' pass rates.
     *
     * @return from 0 to 1; 0 if there are no tasks
     */
    public double passRate() {
      return tasks.values().stream().mapToDouble(Point::rate).average().orElse(0);
    }
  }

  /**
   * The summary of a task in a run.
   *
   * @param passes decided runs that passed
   * @param runs decided runs; above zero
   * @param score mean score, from 0 to 1
   * @param costUsd mean cost of a run in US dollars
   * @param latencyMillis mean latency of a run in milliseconds
   */
  public record Point(int passes, int runs, double score, BigDecimal costUsd, long latencyMillis) {

    /** Checks the values. */
    public Point {
      if (runs < 1 || passes < 0 || passes > runs) {
        throw new IllegalArgumentException(
            "passes must be from 0 to runs, and those above zero, but are "
                + passes
                + " of "
                + runs);
      }
    }

    double rate() {
      return (double) passes / runs;
    }
  }

  /**
   * Adds a run.
   *
   * @param run the run
   * @throws UncheckedIOException if it cannot be written
   */
  public void append(Run run) {
    String added = write(run);
    try {
      journal.revise(lines -> lines(lines, added));
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot write the history " + journal.file(), failure);
    }
  }

  private List<String> lines(List<JournalReader.Line> present, String added) {
    boolean unfinished = !present.isEmpty() && !present.get(present.size() - 1).ended();
    List<String> runs = runs(present);
    List<String> lines = new ArrayList<>();
    if (runs.size() < bound && !unfinished) {
      present.forEach(line -> lines.add(line.text()));
    } else {
      lines.addAll(runs.subList(Math.max(0, runs.size() + 1 - bound), runs.size()));
    }
    lines.add(added);
    return lines;
  }

  /**
   * Reads the runs.
   *
   * @return the runs, the oldest first; empty if there is no file
   * @throws UncheckedIOException if it cannot be read
   */
  public List<Run> read() {
    try {
      return runs(JournalReader.all(journal.file())).stream().map(History::read).toList();
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot read the history " + journal.file(), failure);
    }
  }

  /** Returns the lines that hold runs. */
  private static List<String> runs(List<JournalReader.Line> lines) {
    List<String> runs = new ArrayList<>();
    for (JournalReader.Line line : lines) {
      try {
        read(line.text());
        runs.add(line.text());
      } catch (RuntimeException unfinished) {
        // an unfinished line of a writer that died
      }
    }
    return runs;
  }

  private static String write(Run run) {
    Map<String, Map<String, Object>> agents = new TreeMap<>();
    new TreeMap<>(run.tasks())
        .forEach((key, point) ->
            agents
                .computeIfAbsent(key.agent(), agent -> new LinkedHashMap<>())
                .put(
                    key.task(),
                    List.of(
                        point.passes(),
                        point.runs(),
                        point.score(),
                        point.costUsd().setScale(6, RoundingMode.HALF_UP).stripTrailingZeros(),
                        point.latencyMillis())));
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("run", run.id());
    line.put("at", run.at().toString());
    line.put("version", run.version());
    line.put("agents", agents);
    return Json.write(line);
  }

  private static Run read(String line) {
    if (!(Json.read(line) instanceof Map<?, ?> map
        && map.get("agents") instanceof Map<?, ?> agents)) {
      throw new IllegalArgumentException("not a run");
    }
    Map<TaskKey, Point> tasks = new TreeMap<>();
    agents.forEach((agent, own) ->
        ((Map<?, ?>) own)
            .forEach((task, values) ->
                tasks.put(
                    new TaskKey(agent.toString(), task.toString()), point((List<?>) values))));
    return new Run(
        String.valueOf(map.get("run")),
        Instant.parse(String.valueOf(map.get("at"))),
        String.valueOf(map.get("version")),
        tasks);
  }

  private static Point point(List<?> values) {
    List<BigDecimal> numbers =
        values.stream().map(value -> new BigDecimal(String.valueOf(value))).toList();
    return new Point(
        numbers.get(0).intValueExact(),
        numbers.get(1).intValueExact(),
        numbers.get(2).doubleValue(),
        numbers.get(3),
        numbers.get(4).longValueExact());
  }
}

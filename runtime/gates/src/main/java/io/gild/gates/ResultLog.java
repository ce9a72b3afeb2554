package io.gild.gates;

import io.gild.config.Experimental;
import io.gild.config.Journal;
import io.gild.config.JournalReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Results on disk: folders of {@code .jsonl} files with one result per line, only ever added to.
 *
 * <p>Each line is written with one call, so that a JVM that dies loses at most the line it was
 * writing; {@link #read} leaves such a line out, and the next log on the file ends it. The file
 * stays open while the log is in use. Thread-safe.
 */
@Experimental
public final class ResultLog {

  private final Journal journal;

  /**
   * Creates a log.
   *
   * @param file the file, made at the first result with the folders above it
   */
  public ResultLog(Path file) {
    this.journal = Journal.builder(file).build();
  }

  /**
   * Adds a result.
   *
   * @param result the result
   * @throws UncheckedIOException if it cannot be written
   */
  public void append(TaskResult result) {
    try {
      journal.append(ResultLine.write(result));
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "Cannot write the result of golden task " + result.key() + " to " + journal.file(),
          failure);
    }
  }

  /**
   * Reads all results of a folder, or of one file.
   *
   * @param place the folder, searched for {@code .jsonl} files in the order of their names, or the
   *     file; one that does not exist has no results
   * @return the results in the order they were written, and the lines that could not be read
   * @throws UncheckedIOException if the folder cannot be read
   */
  public static Read read(Path place) {
    List<TaskResult> results = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    try {
      for (Path file : files(place)) {
        read(file, results, problems);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot read results in " + place, failure);
    }
    return new Read(results, problems);
  }

  /**
   * Writes a result as a line of a log.
   *
   * @param result the result
   * @return JSON without a line feed
   */
  public static String line(TaskResult result) {
    return ResultLine.write(result);
  }

  /**
   * Reads a line of a log.
   *
   * @param line the line
   * @return the result
   * @throws IllegalArgumentException if it is not a result; the message contains the reason
   */
  public static TaskResult parse(String line) {
    return ResultLine.read(line);
  }

  /**
   * The content of a log.
   *
   * @param results the results
   * @param problems lines that are not results, each with file and line, including a line that its
   *     writer did not end
   */
  public record Read(List<TaskResult> results, List<String> problems) {

    /** Copies the lists. */
    public Read {
      results = List.copyOf(results);
      problems = List.copyOf(problems);
    }
  }

  private static List<Path> files(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      return Files.exists(place) ? List.of(place) : List.of();
    }
    try (Stream<Path> files = Files.list(place)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  private static void read(Path file, List<TaskResult> results, List<String> problems)
      throws IOException {
    try (JournalReader reader = JournalReader.open(file)) {
      for (JournalReader.Line line = reader.next(); line != null; line = reader.next()) {
        if (line.text().isBlank()) {
          continue;
        }
        try {
          results.add(ResultLine.read(line.text()));
        } catch (RuntimeException wrong) {
          problems.add(file + ":" + line.number() + ": not a result: " + wrong.getMessage());
        }
      }
    }
  }
}

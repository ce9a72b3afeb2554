package io.gild.orchestration;

import io.gild.config.Journal;
import io.gild.config.JournalReader;
import io.gild.config.Json;
import io.gild.config.OwnedFile;
import io.gild.core.GildLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of durable runs: a journal for each run, a lock while a JVM executes it, and the
 * requests of other processes to it. All files are readable by their owner alone.
 */
final class RunFolder {

  private static final String JOURNAL = ".run.jsonl";
  private static final String LOCK = ".run.lock";
  private static final String REQUESTS = ".requests.jsonl";
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,119}");

  private final Path folder;

  RunFolder(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  Path path() {
    return folder;
  }

  /** Checks a name that becomes a part of file names. */
  static String requireId(String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "the id of a run must have 1 to 120 letters, digits, dots, dashes and underscores and"
              + " begin with a letter or digit, but is \""
              + id
              + "\"");
    }
    return id;
  }

  /** Returns the journal of a run; touches no file. */
  Journal journal(String id) {
    return Journal.builder(folder.resolve(id + JOURNAL)).build();
  }

  /** Takes the lock of a run; {@code null} if another orchestrator executes it. */
  @Nullable OwnedFile lock(String id) {
    try {
      return OwnedFile.take(folder.resolve(id + LOCK));
    } catch (OwnedFile.TakenException taken) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException("The run " + id + " cannot be locked in " + folder, e);
    }
  }

  /** Returns whether some JVM executes a run. */
  boolean isOwned(String id) {
    Path file = folder.resolve(id + LOCK);
    if (!Files.exists(file)) {
      return false;
    }
    try {
      OwnedFile.take(file).close();
      return false;
    } catch (IOException e) {
      return e instanceof OwnedFile.TakenException;
    }
  }

  boolean exists(String id) {
    return Files.exists(folder.resolve(id + JOURNAL));
  }

  /**
   * Reads a run.
   *
   * @throws OrchestrationException if there is no such run or a line is broken
   */
  RunHistory read(String id) {
    Path file = folder.resolve(id + JOURNAL);
    RunHistory history = new RunHistory();
    try {
      for (JournalReader.Line line : JournalReader.all(file)) {
        apply(history, line, file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The run " + id + " cannot be read from " + file, e);
    }
    if (history.isEmpty()) {
      throw new OrchestrationException(
          "there is no run " + id + " in " + folder + "; gild runs list shows those that exist");
    }
    return history;
  }

  private static void apply(RunHistory history, JournalReader.Line line, Path file) {
    Map<?, ?> parsed;
    try {
      parsed = RunHistory.parse(line.text());
    } catch (IllegalArgumentException cutOff) { // a JVM was killed while it wrote the line
      return;
    }
    try {
      history.apply(parsed);
    } catch (RuntimeException broken) {
      throw new OrchestrationException(
          file + ", line " + line.number() + " does not fit the lines before: " + broken, broken);
    }
  }

  /** Deletes a run whose JVM was killed before it had recorded anything. */
  boolean deleteIfBlank(String id) {
    try {
      for (JournalReader.Line line : JournalReader.all(folder.resolve(id + JOURNAL))) {
        if (line.ended()) {
          return false;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The run " + id + " cannot be read in " + folder, e);
    }
    if (isOwned(id)) {
      return false;
    }
    delete(id);
    return true;
  }

  /** Returns the names of all runs. */
  List<String> ids() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(JOURNAL))
          .map(name -> name.substring(0, name.length() - JOURNAL.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("The runs in " + folder + " cannot be listed", e);
    }
  }

  /** Leaves a request to the JVM that executes the run, now or later. */
  void request(String id, Map<String, @Nullable Object> line) {
    try (Journal requests = Journal.builder(folder.resolve(id + REQUESTS)).build()) {
      requests.append(Json.write(line));
      Files.setLastModifiedTime(folder, FileTime.from(Instant.now())); // orchestrators notice that
    } catch (IOException e) {
      throw new UncheckedIOException("The request to the run " + id + " cannot be written", e);
    }
  }

  /** Returns when a file came or went, or a request was left. */
  long changed() {
    try {
      return Files.getLastModifiedTime(folder).to(TimeUnit.NANOSECONDS);
    } catch (IOException absent) {
      return 0;
    }
  }

  /** Returns the names of the runs that have requests. */
  List<String> requested() {
    try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(REQUESTS))
          .map(name -> name.substring(0, name.length() - REQUESTS.length()))
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  /** A request, and its line in the file of requests. */
  record Request(long number, Map<?, ?> line) {}

  /**
   * Returns the requests to a run.
   *
   * @param after how many of them were applied before
   */
  List<Request> requests(String id, long after) {
    List<Request> requests = new ArrayList<>();
    try {
      for (JournalReader.Line line : JournalReader.all(folder.resolve(id + REQUESTS))) {
        if (line.number() > after && line.ended()) {
          requests.add(new Request(line.number(), RunHistory.parse(line.text())));
        }
      }
    } catch (IOException | RuntimeException e) {
      GildLog.faultOnce("Requests to the run " + id, e);
    }
    return requests;
  }

  /** Deletes the files of a run. */
  void delete(String id) {
    for (String suffix : List.of(JOURNAL, LOCK, REQUESTS)) {
      try {
        Files.deleteIfExists(folder.resolve(id + suffix));
      } catch (IOException e) {
        GildLog.faultOnce("Deleting the run " + id, e);
      }
    }
  }
}

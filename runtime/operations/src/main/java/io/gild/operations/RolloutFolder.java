package io.gild.operations;

import io.gild.config.Journal;
import io.gild.config.JournalReader;
import io.gild.config.Json;
import io.gild.config.OwnedFile;
import io.gild.config.PrivateFiles;
import io.gild.core.GildLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of rollouts: a journal for each, a lock while a controller runs it, what it has
 * measured, and the requests of people. All files are readable by their owner alone.
 */
final class RolloutFolder {

  private static final String JOURNAL = ".rollout.jsonl";
  private static final String LOCK = ".rollout.lock";
  private static final String REQUESTS = ".requests.jsonl";
  private static final String PROGRESS = ".progress.json";
  private static final int LOCK_TRIES = 20;
  private static final long LOCK_PAUSE_MILLIS = 15;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");

  private final Path folder;

  RolloutFolder(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  Path path() {
    return folder;
  }

  /** Checks a name that becomes a part of file names. */
  static String requireName(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name of a rollout must have 1 to 80 letters, digits, dots, dashes and underscores"
              + " and begin with a letter or digit, but is \""
              + name
              + "\"");
    }
    return name;
  }

  Journal journal(String name) {
    return Journal.builder(folder.resolve(requireName(name) + JOURNAL)).durable().build();
  }

  /**
   * Takes the lock of a rollout.
   *
   * @throws RolloutException if another controller has it, with that one's name
   */
  OwnedFile lock(String name) throws RolloutException {
    Path file = folder.resolve(requireName(name) + LOCK);
    for (int i = 1; ; i++) {
      try {
        return OwnedFile.take(file);
      } catch (OwnedFile.TakenException taken) {
        // Who asks for the owner has the lock for a moment.
        if (i == LOCK_TRIES || !pause()) {
          throw new RolloutException(
              "the rollout " + name + " is controlled by " + taken.owner() + " already", taken);
        }
      } catch (IOException e) {
        throw new RolloutException("the rollout " + name + " cannot be locked in " + folder, e);
      }
    }
  }

  /** Returns whether the thread was not interrupted meanwhile. */
  private static boolean pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOCK_PAUSE_MILLIS);
      return true;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Returns who controls a rollout now, or {@code null}. */
  @Nullable String owner(String name) {
    Path file = folder.resolve(requireName(name) + LOCK);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      OwnedFile.take(file).close();
      return null;
    } catch (OwnedFile.TakenException taken) {
      return taken.owner();
    } catch (IOException unknown) {
      return null;
    }
  }

  /** Reads a rollout; an empty history if it never started. */
  RolloutHistory read(String name) {
    Path file = folder.resolve(requireName(name) + JOURNAL);
    RolloutHistory history = new RolloutHistory(name);
    try {
      for (JournalReader.Line line : JournalReader.all(file)) {
        Map<?, ?> parsed;
        try {
          parsed = RolloutLines.parse(line.text());
        } catch (IllegalArgumentException cutOff) { // a controller was killed while it wrote
          continue;
        }
        apply(history, parsed, file, line.number());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The rollout " + name + " cannot be read from " + file, e);
    }
    return history;
  }

  private static void apply(RolloutHistory history, Map<?, ?> line, Path file, long number) {
    try {
      history.apply(line);
    } catch (RuntimeException broken) {
      throw new IllegalStateException(
          file + ", line " + number + " does not fit the lines before: " + broken, broken);
    }
  }

  /** What changes when a line is added to a journal. */
  record Stamp(FileTime changed, long size) {
    static final Stamp NONE = new Stamp(FileTime.fromMillis(0), -1);
  }

  Stamp stamp(String name) {
    Path file = folder.resolve(name + JOURNAL);
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return new Stamp(attributes.lastModifiedTime(), attributes.size());
    } catch (IOException e) {
      throw new UncheckedIOException("The rollout " + name + " cannot be read from " + file, e);
    }
  }

  List<String> names() {
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
      throw new UncheckedIOException("The rollouts in " + folder + " cannot be listed", e);
    }
  }

  void request(String name, Map<String, @Nullable Object> line) {
    try (Journal requests =
        Journal.builder(folder.resolve(requireName(name) + REQUESTS)).durable().build()) {
      requests.append(Json.write(line));
    } catch (IOException e) {
      throw new UncheckedIOException("The request to " + name + " cannot be written", e);
    }
  }

  /** A request, and its line in the file of requests. */
  record Request(long number, Map<?, ?> line) {}

  /** Returns the requests after the first ones. */
  List<Request> requests(String name, long after) {
    Path file = folder.resolve(requireName(name) + REQUESTS);
    List<Request> requests = new ArrayList<>();
    if (!Files.exists(file)) {
      return requests;
    }
    try {
      for (JournalReader.Line line : JournalReader.all(file)) {
        if (line.number() > after && line.ended()) {
          requests.add(new Request(line.number(), parseOrEmpty(line.text())));
        }
      }
    } catch (IOException e) {
      GildLog.faultOnce("Requests to the rollout " + name, e);
    }
    return requests;
  }

  private static Map<?, ?> parseOrEmpty(String text) {
    try {
      return RolloutLines.parse(text);
    } catch (IllegalArgumentException cutOff) {
      return Map.of();
    }
  }

  /** Keeps what was measured. */
  void saveProgress(String name, Map<String, ?> progress) throws IOException {
    PrivateFiles.write(folder.resolve(requireName(name) + PROGRESS), Json.write(progress));
  }

  /** Returns what was measured; empty if there is nothing, or nothing that can be read. */
  Map<?, ?> progress(String name) {
    Path file = folder.resolve(requireName(name) + PROGRESS);
    try {
      return Files.exists(file) ? RolloutLines.parse(Files.readString(file)) : Map.of();
    } catch (IOException | IllegalArgumentException unreadable) {
      GildLog.faultOnce("The measurements in " + file + ", which start anew", unreadable);
      return Map.of();
    }
  }
}

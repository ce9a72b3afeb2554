package io.gild.coordination;

import io.gild.config.Journal;
import io.gild.config.OwnedFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder of an engine, which has one owner of all JVMs at a time. Its log is the file {@code
 * queue-N.jsonl} with the greatest N; a new log is complete before it has that name.
 */
final class QueueFolder {

  private static final int LINES_PER_WRITE = 100;
  private static final String PREFIX = "queue-";
  private static final String SUFFIX = ".jsonl";

  private final Path path;
  private final OwnedFile lock;
  private long generation;
  private Journal journal;

  private QueueFolder(Path path, OwnedFile lock, long generation) {
    this.path = path;
    this.lock = lock;
    this.generation = generation;
    this.journal = durable(file(generation));
  }

  /**
   * Takes the folder.
   *
   * @throws CoordinationException if another engine has it, with the name of its process, or it
   *     cannot be used
   */
  static QueueFolder take(Path path) {
    try {
      Path absolute = path.toAbsolutePath();
      OwnedFile lock = OwnedFile.take(absolute.resolve("lock"));
      return new QueueFolder(absolute, lock, newest(absolute));
    } catch (OwnedFile.TakenException taken) {
      throw new CoordinationException(
          "%s is used by %s. A folder has one broker at a time: name another folder, or share messages through NATS (coordination.engine: nats)."
              .formatted(path.toAbsolutePath(), taken.owner()));
    } catch (IOException failure) {
      throw new CoordinationException("Cannot use " + path + ": " + failure, failure);
    }
  }

  /** Returns the number of the log, and deletes what an interrupted compaction has left. */
  private static long newest(Path path) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(path)) {
      files = all.filter(file -> file.getFileName().toString().startsWith(PREFIX)).toList();
    }
    long newest = files.stream().mapToLong(QueueFolder::number).max().orElse(0);
    for (Path file : files) {
      if (number(file) != newest) {
        Files.deleteIfExists(file);
      }
    }
    return Math.max(newest, 1);
  }

  /** Returns the number of a log, or 0 for a file that is none. */
  private static long number(Path file) {
    String name = file.getFileName().toString();
    String middle = name.substring(PREFIX.length());
    return middle.matches("\\d{1,18}\\.jsonl")
        ? Long.parseLong(middle.substring(0, middle.length() - SUFFIX.length()))
        : 0;
  }

  private Path file(long number) {
    return path.resolve(PREFIX + number + SUFFIX);
  }

  private static Journal durable(Path file) {
    return Journal.builder(file).durable().build();
  }

  Path path() {
    return path;
  }

  Path file() {
    return file(generation);
  }

  Journal journal() {
    return journal;
  }

  long length() {
    try {
      return Files.exists(file()) ? Files.size(file()) : 0;
    } catch (IOException unknown) {
      return 0;
    }
  }

  /** Replaces the log. */
  void replace(List<String> lines) throws IOException {
    Path fresh = path.resolve(PREFIX + "new");
    Files.deleteIfExists(fresh);
    try (Journal writing = durable(fresh)) {
      for (int from = 0; from < lines.size(); from += LINES_PER_WRITE) {
        writing.append(lines.subList(from, Math.min(lines.size(), from + LINES_PER_WRITE)));
      }
    }
    Files.move(fresh, file(generation + 1), StandardCopyOption.ATOMIC_MOVE);
    force();
    Path old = file();
    generation++;
    journal.close();
    journal = durable(file());
    Files.deleteIfExists(old);
    Files.deleteIfExists(path.resolve(old.getFileName() + ".lock"));
    Files.deleteIfExists(path.resolve(PREFIX + "new.lock"));
  }

  /** Forces the new name to the disk, where folders can be. */
  private void force() {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException impossible) {
      // Windows opens no folders, and keeps their changes itself.
    }
  }

  void close() {
    try {
      journal.close();
      lock.close();
    } catch (IOException failure) {
      throw new CoordinationException("Cannot close " + path + ": " + failure, failure);
    }
  }
}

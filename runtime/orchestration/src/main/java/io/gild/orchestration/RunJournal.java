package io.gild.orchestration;

import io.gild.config.Journal;
import io.gild.config.Json;
import io.gild.config.OwnedFile;
import io.gild.core.GildLog;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the lines of a run before they are applied, if the run is durable. Thread-safe. */
final class RunJournal {

  private final RunHistory history;
  private final @Nullable Journal journal;
  private final @Nullable OwnedFile lock;

  RunJournal(RunHistory history, @Nullable Journal journal, @Nullable OwnedFile lock) {
    this.history = history;
    this.journal = journal;
    this.lock = lock;
  }

  /** Returns a journal of the same file and lock for a history that was read meanwhile. */
  RunJournal with(RunHistory latest) {
    return new RunJournal(latest, journal, lock);
  }

  boolean isDurable() {
    return journal != null;
  }

  /**
   * Records a line.
   *
   * @throws RunNotRecorded if it cannot be written
   */
  void add(Map<String, @Nullable Object> line) {
    synchronized (history) {
      if (journal != null) {
        try {
          journal.append(Json.write(line));
        } catch (IOException e) {
          throw new RunNotRecorded(journal.file(), e);
        }
      }
      history.apply(line);
    }
  }

  /** Records a line with a value, which keeps its identity while this JVM lives. */
  void add(Map<String, @Nullable Object> line, @Nullable Object value) {
    line.put("value", journal == null ? value : RunValues.write(value));
    add(line);
  }

  /** Returns a value as a line of this run has it. */
  @Nullable Object read(@Nullable Object value, @Nullable ClassLoader loader) {
    return journal == null ? value : RunValues.read(value, loader);
  }

  void close() {
    try {
      if (journal != null) {
        journal.close();
      }
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      GildLog.faultOnce("Closing the journal of a run", e);
    }
  }
}

package io.gild.observability;

import io.gild.config.Journal;
import io.gild.core.GildLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Appends lines to a file that never exceeds its limit: the full file becomes {@code FILE.1}, which
 * takes the place of the one before.
 *
 * <p>Several JVMs that share a file may exceed the limit by a line each. Thread-safe; a disk
 * failure ends the log, is reported in one line, and each lost line is counted.
 */
final class CallLogFile implements Consumer<String> {

  private final Journal journal;
  private final LongAdder lost = new LongAdder();
  private volatile boolean broken;

  CallLogFile(Path file, long maxBytes) {
    this.journal = Journal.builder(file).maxBytes(maxBytes).build();
  }

  /** Returns how many lines were lost. */
  long lost() {
    return lost.sum();
  }

  @Override
  public void accept(String line) {
    if (broken) {
      lost.increment();
      return;
    }
    try {
      journal.append(line);
    } catch (IOException | RuntimeException fault) {
      broken = true;
      lost.increment();
      GildLog.faultOnce("Writing the call log " + journal.file(), fault);
    }
  }
}

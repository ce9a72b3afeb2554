package io.gild.coordination;

import java.util.List;
import java.util.function.Consumer;

/** Records changes of an engine, in their order. Called under the engine's lock. */
interface QueueLog extends AutoCloseable {

  /**
   * Records a change.
   *
   * @param line JSON
   * @param written runs under the engine's lock, now or later, when the line would survive a crash
   * @param failed runs under the engine's lock instead, if it cannot be written
   */
  void append(String line, Runnable written, Consumer<Exception> failed);

  /** Returns whether the log is so long that a new one should begin. */
  boolean isLong(long liveBytes);

  /** Begins a new log with these lines, which replace all that were recorded before. */
  void restart(List<String> lines);

  /** Writes what was appended, and ends. */
  @Override
  void close();

  /** The log of an engine that forgets everything with its JVM. */
  QueueLog NONE =
      new QueueLog() {
        @Override
        public void append(String line, Runnable written, Consumer<Exception> failed) {
          written.run();
        }

        @Override
        public boolean isLong(long liveBytes) {
          return false;
        }

        @Override
        public void restart(List<String> lines) {}

        @Override
        public void close() {}
      };
}

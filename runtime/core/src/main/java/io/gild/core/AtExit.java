package io.gild.core;

import io.gild.config.Experimental;
import org.jspecify.annotations.Nullable;

/**
 * Work at the end of the JVM, such as saving what was learned: a runtime is not closed then.
 * Thread-safe.
 */
@Experimental
public final class AtExit implements AutoCloseable {

  /** No work. */
  public static final AtExit NONE = new AtExit(null);

  private final @Nullable Thread hook;

  private AtExit(@Nullable Thread hook) {
    this.hook = hook;
  }

  /**
   * Runs a task when the JVM ends, unless this is closed before.
   *
   * @param name name of the thread
   * @param task what to do; quickly, because the JVM waits for it
   * @return removes the task
   */
  public static AtExit run(String name, Runnable task) {
    Thread hook = Threads.neutrally(() -> new Thread(null, task, name, 0, false));
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      return new AtExit(hook);
    } catch (IllegalStateException ending) {
      return NONE; // the JVM ends already
    }
  }

  /** Removes the task. */
  @Override
  public void close() {
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException ending) {
        // The task runs.
      }
    }
  }
}

package io.gild.core;

import io.gild.config.Experimental;

/**
 * Work at the end of the JVM, such as saving what was learned: a runtime is not closed then.
 * Thread-safe.
 */
@Experimental
public final class AtExit implements AutoCloseable {

  private final Thread hook;
  private volatile boolean added;

  private AtExit(Thread hook) {
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
    Thread hook = new Thread(null, task, name, 0, false);
    hook.setContextClassLoader(null); // an application's loader must not live as long as the hook
    AtExit atExit = new AtExit(hook);
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      atExit.added = true;
    } catch (IllegalStateException ending) {
      // The JVM ends already.
    }
    return atExit;
  }

  /** Removes the task. */
  @Override
  public void close() {
    if (added) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException ending) {
        // The task runs.
      }
    }
  }
}

package io.gild.orchestration;

import io.gild.core.GildLog;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The threads of an orchestrator: virtual ones where the JVM has them. */
final class RunExecutor {

  private static final long SECONDS_TO_END = 10;
  private static final AtomicLong NUMBERS = new AtomicLong();

  private RunExecutor() {}

  static ExecutorService create() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException before21) {
      return Executors.newCachedThreadPool(task -> daemon(task, "gild-run-"));
    }
  }

  static Thread timerThread(Runnable task) {
    return daemon(task, "gild-runs-");
  }

  private static Thread daemon(Runnable task, String prefix) {
    Thread thread = new Thread(task, prefix + NUMBERS.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /** Waits until the runs have stopped; they were interrupted. */
  static void end(ExecutorService threads) {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS)) {
        GildLog.infoOnce(
            "A step ignores that its orchestrator was closed, and is left behind on its thread");
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}

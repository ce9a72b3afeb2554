package io.gild.synchronizers;

import io.gild.core.GildLog;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The daemon threads of synchronizers: one that renews all leases and asks for those that wait, and
 * others, while needed, for what the application does when it is notified.
 */
final class LeaseThreads {

  private static final int IDLE_SECONDS = 10;
  private static final int LONGEST_END_SECONDS = 5;

  private final ScheduledThreadPoolExecutor timer;
  private final ThreadPoolExecutor callbacks;

  LeaseThreads() {
    timer = new ScheduledThreadPoolExecutor(1, daemons("gild-leases"));
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    timer.prestartCoreThread(); // now, so that it inherits nothing of a later caller
    callbacks =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            daemons("gild-lease-callback"));
  }

  private static ThreadFactory daemons(String name) {
    return task -> {
      Thread thread = new Thread(null, task, name, 0, false);
      thread.setDaemon(true);
      thread.setContextClassLoader(LeaseThreads.class.getClassLoader());
      return thread;
    };
  }

  /** Runs a task on the one thread; after the end, not at all, and returns {@code false}. */
  boolean run(Runnable task) {
    try {
      timer.execute(guarded(task));
      return true;
    } catch (RejectedExecutionException ended) {
      return false; // what it would have done has been done at the end
    }
  }

  /** Waits for what was given to the one thread so far. */
  void settle() {
    CountDownLatch reached = new CountDownLatch(1);
    if (!run(reached::countDown)) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    try {
      boolean unused = reached.await(LONGEST_END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException impatient) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Runs a task on the one thread later. */
  @Nullable Future<?> runAfter(long nanos, Runnable task) {
    try {
      return timer.schedule(guarded(task), Math.max(0, nanos), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException ended) {
      return null;
    }
  }

  private static Runnable guarded(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (Throwable fault) {
        GildLog.faultOnce("Keeping leases", fault);
      }
    };
  }

  /**
   * Returns an executor that runs the application's tasks one after the other. They begin on the
   * one thread, so that no thread inherits anything of a caller.
   */
  Executor inOrder() {
    return new InOrder(task -> {
      boolean unused = run(() -> callbacks.execute(guarded(task)));
    });
  }

  /** Ends the threads once the tasks that wait have run, unless an engine does not answer. */
  void close() {
    settle();
    settle(); // what the tasks before gave to the one thread again
    timer.shutdown();
    callbacks.shutdown();
  }
}

package io.gild.core;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The runtime's own threads: daemons, started when first needed. */
final class Threads {

  private @Nullable ExecutorService attempts;
  private @Nullable ScheduledThreadPoolExecutor scheduler;

  synchronized ExecutorService attempts() {
    if (attempts == null) {
      attempts = Executors.newCachedThreadPool(named("gild-attempt-"));
    }
    return attempts;
  }

  synchronized ScheduledThreadPoolExecutor scheduler() {
    if (scheduler == null) {
      scheduler = new ScheduledThreadPoolExecutor(1, named("gild-scheduler-"));
      scheduler.setRemoveOnCancelPolicy(true);
    }
    return scheduler;
  }

  synchronized void close() {
    if (attempts != null) {
      attempts.shutdown();
    }
    if (scheduler != null) {
      scheduler.shutdown();
    }
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}

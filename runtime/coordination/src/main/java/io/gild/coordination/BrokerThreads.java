package io.gild.coordination;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of a broker; they keep no class loader of an application alive. */
final class BrokerThreads {

  private static final long IDLE_SECONDS = 10;

  private final Duration closeTimeout;
  private final AtomicInteger numbers = new AtomicInteger();
  private final ExecutorService handlers;
  private final ScheduledThreadPoolExecutor timer;

  BrokerThreads(Duration closeTimeout) {
    this.closeTimeout = closeTimeout;
    ThreadFactory factory = this::thread;
    handlers =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE, // subscriptions bound their handlers
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            factory);
    timer = new ScheduledThreadPoolExecutor(1, factory);
    timer.setRemoveOnCancelPolicy(true);
  }

  private Thread thread(Runnable task) {
    Thread thread = new Thread(null, task, "gild-broker-" + numbers.incrementAndGet(), 0, false);
    thread.setContextClassLoader(null);
    thread.setDaemon(true);
    return thread;
  }

  ExecutorService handlers() {
    return handlers;
  }

  ScheduledThreadPoolExecutor timer() {
    return timer;
  }

  void close() {
    handlers.shutdown();
    try {
      if (!handlers.awaitTermination(closeTimeout.toNanos(), TimeUnit.NANOSECONDS)) {
        handlers.shutdownNow();
        handlers.awaitTermination(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException interrupted) {
      handlers.shutdownNow();
      Thread.currentThread().interrupt();
    }
    timer.shutdownNow();
  }
}

package io.gild.console;

import io.gild.core.GildRuntime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The console's own threads: daemons, as many as clients may watch and a few more, none while
 * nothing is asked. Platform threads, because virtual ones would share their carriers with the
 * application, and wait for them when it is busiest.
 *
 * <p>A thread that is busy beyond its deadline is interrupted, which closes the connection that it
 * writes to or reads from: clients that do not read take no thread for long.
 */
final class ConsoleThreads implements Executor, AutoCloseable {

  private static final int REQUESTS = 4;
  private static final int IDLE_SECONDS = 10;
  private static final Duration LONGEST_REQUEST = Duration.ofSeconds(20);
  private static final int CHECKS_PER_REQUEST = 4;
  private static final long END_SECONDS = 5;

  private final ThreadPoolExecutor workers;
  private final ScheduledThreadPoolExecutor timer;
  private final Map<Thread, Long> deadlines = new ConcurrentHashMap<>();
  private final long longestNanos;
  private boolean checking;

  ConsoleThreads(int clients) {
    this(clients, LONGEST_REQUEST);
  }

  /**
   * Creates threads, none of which is started.
   *
   * @param longestRequest how long a request may take
   */
  ConsoleThreads(int clients, Duration longestRequest) {
    longestNanos = longestRequest.toNanos();
    workers =
        new ThreadPoolExecutor(
            clients + REQUESTS,
            clients + REQUESTS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("gild-console-"));
    workers.allowCoreThreadTimeOut(true);
    timer = new ScheduledThreadPoolExecutor(1, named("gild-console-timer-"));
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
  }

  private static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task ->
        GildRuntime.neutrally(() -> {
          Thread thread = new Thread(null, task, prefix + number.incrementAndGet(), 0, false);
          thread.setDaemon(true);
          return thread;
        });
  }

  ScheduledThreadPoolExecutor timer() {
    return timer;
  }

  @Override
  public void execute(Runnable work) {
    try {
      workers.execute(() -> {
        Thread self = Thread.currentThread();
        progress();
        startChecking();
        try {
          work.run();
        } finally {
          deadlines.remove(self);
          Thread.interrupted();
        }
      });
    } catch (RejectedExecutionException closed) {
      // The console ends, and its connections with it.
    }
  }

  /** Gives the current thread its whole time again. */
  void progress() {
    deadlines.put(Thread.currentThread(), System.nanoTime() + longestNanos);
  }

  /** Lets the current thread wait as long as it likes. */
  void rest() {
    deadlines.remove(Thread.currentThread());
  }

  private synchronized void startChecking() {
    if (!checking) {
      checking = true;
      scheduleCheck();
    }
  }

  private void scheduleCheck() {
    try {
      timer.schedule(this::check, longestNanos / CHECKS_PER_REQUEST, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException closed) {
      checking = false;
    }
  }

  private synchronized void check() {
    long now = System.nanoTime();
    deadlines.forEach((thread, deadline) -> {
      if (now - deadline > 0) {
        thread.interrupt();
      }
    });
    if (workers.getActiveCount() == 0) {
      checking = false;
    } else {
      scheduleCheck();
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
    workers.shutdownNow();
    try {
      workers.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
      timer.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.gild.cost.redis;

import io.gild.core.GildLog;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A thread that shows again and again that this JVM is alive; starts when first needed. */
final class Heartbeat implements AutoCloseable {

  private static final int BEATS_PER_LEASE = 3;
  private static final long LONGEST_END_SECONDS = 5;

  private final long nanos;
  private final Runnable beat;
  private @Nullable ScheduledThreadPoolExecutor timer;
  private boolean closed;

  Heartbeat(Duration lease, Runnable beat) {
    this.nanos = lease.toNanos() / BEATS_PER_LEASE;
    this.beat = beat;
  }

  synchronized void start() {
    if (timer == null && !closed) {
      timer = new ScheduledThreadPoolExecutor(1, Heartbeat::daemon);
      timer.scheduleWithFixedDelay(this::guarded, nanos, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(null, task, "gild-budgets", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Heartbeat.class.getClassLoader());
    return thread;
  }

  private void guarded() {
    try {
      beat.run();
    } catch (RuntimeException fault) {
      GildLog.faultOnce("Renewing the reservations of budgets in Redis", fault);
    }
  }

  @Override
  public void close() {
    ScheduledThreadPoolExecutor ended;
    synchronized (this) {
      closed = true;
      ended = timer;
    }
    if (ended == null) {
      return;
    }
    ended.shutdownNow();
    try {
      if (!ended.awaitTermination(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
        GildLog.info("The thread gild-budgets has not ended in time.");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

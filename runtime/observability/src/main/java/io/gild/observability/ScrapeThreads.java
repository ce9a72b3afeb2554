package io.gild.observability;

import java.time.Duration;
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
 * The daemon threads of a server: few, and none of them longer at one request than allowed. The
 * interrupt closes the connection of a peer that neither sends nor reads. Thread-safe.
 */
final class ScrapeThreads implements Executor, AutoCloseable {

  private static final int IDLE_SECONDS = 10;

  private final ThreadPoolExecutor workers;
  private final ScheduledThreadPoolExecutor watch;
  private final long longestMillis;

  ScrapeThreads(int most, Duration longest) {
    ThreadFactory daemons =
        work -> {
          Thread thread = new Thread(null, work, "gild-metrics", 0, false);
          thread.setDaemon(true);
          return thread;
        };
    workers =
        new ThreadPoolExecutor(
            0, most, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons);
    watch = new ScheduledThreadPoolExecutor(1, daemons);
    watch.setRemoveOnCancelPolicy(true);
    watch.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    watch.allowCoreThreadTimeOut(true);
    longestMillis = longest.toMillis();
  }

  /**
   * Runs one request.
   *
   * @throws RejectedExecutionException if all threads are busy: the server closes the connection
   */
  @Override
  public void execute(Runnable request) {
    workers.execute(new Bounded(request));
  }

  @Override
  public void close() {
    watch.shutdownNow();
    workers.shutdownNow();
  }

  /** One request, and the thread that it runs on. */
  private final class Bounded implements Runnable {

    private final Runnable request;
    private @Nullable Thread runner;

    Bounded(Runnable request) {
      this.request = request;
    }

    @Override
    public void run() {
      running(Thread.currentThread());
      Future<?> end = watch.schedule(this::interrupt, longestMillis, TimeUnit.MILLISECONDS);
      try {
        request.run();
      } finally {
        end.cancel(false);
        running(null);
        Thread.interrupted(); // the interrupt was for this request alone
      }
    }

    private synchronized void running(@Nullable Thread thread) {
      runner = thread;
    }

    private synchronized void interrupt() {
      if (runner != null) {
        runner.interrupt();
      }
    }
  }
}

package io.gild.a2a.server;

import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The threads of a server: one for times, and workers for requests, answers and agents. */
final class WorkerThreads implements AutoCloseable {

  private static final int IDLE_SECONDS = 30;
  private static final long END_SECONDS = 5;

  private final ScheduledThreadPoolExecutor timer;
  private final ExecutorService workers;
  private final Semaphore running;

  /**
   * Creates threads, none of which is started.
   *
   * @param mostAgents how many messages agents work on at a time
   */
  WorkerThreads(int mostAgents) {
    timer = new ScheduledThreadPoolExecutor(1, named("gild-a2a-timer-"));
    timer.setRemoveOnCancelPolicy(true);
    ExecutorService light = virtual();
    workers =
        light != null
            ? light
            : new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                named("gild-a2a-worker-"));
    running = new Semaphore(mostAgents);
  }

  Executor workers() {
    return workers;
  }

  ScheduledThreadPoolExecutor timer() {
    return timer;
  }

  /**
   * Runs an agent.
   *
   * @throws RejectedExecutionException if too many run already
   */
  void runAgent(Runnable work) {
    if (!running.tryAcquire()) {
      throw new RejectedExecutionException("too many messages are being worked on");
    }
    try {
      workers.execute(() -> {
        try {
          work.run();
        } finally {
          running.release();
        }
      });
    } catch (RejectedExecutionException closed) {
      running.release();
      throw closed;
    }
  }

  /** Virtual threads come with JDK 21; this class is compiled for 17. */
  private static @Nullable ExecutorService virtual() {
    try {
      Method maker = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
      return (ExecutorService) maker.invoke(null);
    } catch (ReflectiveOperationException | RuntimeException older) {
      return null;
    }
  }

  static ThreadFactory named(String prefix) {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /** Interrupts what runs, and waits for its end a while. */
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

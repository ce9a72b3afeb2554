package io.gild.a2a.server;

import java.lang.reflect.Method;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads of a server: one for times, those that read and write, and those that agents run on.
 * Agents run on virtual threads where the JVM has them.
 */
final class WorkerThreads implements AutoCloseable {

  /**
   * Before, a virtual thread that waits in a synchronized method, as the JDK's do, blocks others.
   */
  private static final int FIRST_WITHOUT_PINNING = 24;

  private static final int IDLE_SECONDS = 30;
  private static final int USUAL_IO = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
  private static final long END_SECONDS = 5;

  private final ScheduledThreadPoolExecutor timer;
  private final ExecutorService agents;
  private final ExecutorService io;
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
    agents = light != null ? light : cached();
    io = light != null && Runtime.version().feature() >= FIRST_WITHOUT_PINNING ? light : fixed();
    running = new Semaphore(mostAgents);
  }

  private static ExecutorService cached() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        named("gild-a2a-agent-"));
  }

  private static ExecutorService fixed() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            USUAL_IO,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            named("gild-a2a-io-"));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** Returns the threads that read requests and write answers, each waiting for its client. */
  Executor io() {
    return io;
  }

  /**
   * Replaces threads that wait for slow clients, so that other clients need not wait. Virtual
   * threads need no replacement.
   *
   * @param stuck how many threads wait
   */
  void replace(int stuck) {
    if (io instanceof ThreadPoolExecutor pool && pool.getCorePoolSize() != USUAL_IO + stuck) {
      pool.setCorePoolSize(USUAL_IO + stuck);
    }
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
      agents.execute(() -> {
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
    io.shutdownNow();
    agents.shutdownNow();
    try {
      agents.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
      io.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
      timer.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.gild.orchestration;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** The threads that work for one run. Thread-safe. */
final class RunThreads {

  private static final Duration MOST_WAIT = Duration.ofSeconds(10);

  private final Executor executor;
  private final RunSignal signal;
  private final Set<RunThread> running = ConcurrentHashMap.newKeySet();

  RunThreads(Executor executor, RunSignal signal) {
    this.executor = executor;
    this.signal = signal;
  }

  /**
   * Starts work.
   *
   * @throws OrchestrationException if the orchestrator was closed
   */
  RunThread start(Runnable work) {
    RunThread thread = startMain(work);
    if (signal.isSet()) {
      thread.interrupt();
    }
    return thread;
  }

  /** Starts work that also has to clean up after the run was canceled. */
  RunThread startMain(Runnable work) {
    RunThread thread = new RunThread(work);
    running.add(thread);
    try {
      executor.execute(() -> {
        try {
          thread.run();
        } finally {
          running.remove(thread);
        }
      });
    } catch (RejectedExecutionException closed) {
      running.remove(thread);
      thread.rejected();
      throw new OrchestrationException("the orchestrator was closed, so nothing starts anymore");
    }
    return thread;
  }

  void interrupt() {
    running.forEach(RunThread::interrupt);
  }

  /** Interrupts work that is not needed anymore, and waits a while until it has ended. */
  void end(List<RunThread> work) {
    work.forEach(RunThread::interrupt);
    boolean interrupted = false;
    long end = System.nanoTime() + MOST_WAIT.toNanos();
    for (RunThread thread : work) {
      try {
        thread.await(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

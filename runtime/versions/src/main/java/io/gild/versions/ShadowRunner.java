package io.gild.versions;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Runs a few shadows at once and lets a few wait; drops the others. Thread-safe. */
final class ShadowRunner {

  /** A shadow that may run. */
  interface Task {

    /** Returns the threads to run on. */
    Executor executor();

    /**
     * Runs the shadow.
     *
     * @param over is run once when it is over, on any thread; also if this method throws
     */
    void run(Runnable over);
  }

  private final Queue<Task> waiting = new ArrayDeque<>();
  private int concurrent = 4;
  private int mostWaiting = 64;
  private int running;
  private long ran;
  private long dropped;
  private boolean closed;

  synchronized void limits(int running, int waiting) {
    concurrent = running;
    mostWaiting = waiting;
  }

  /** Runs a shadow now or later, or drops it. */
  void offer(Task task) {
    synchronized (this) {
      if (closed) {
        return;
      }
      if (running >= concurrent) {
        if (waiting.size() < mostWaiting) {
          waiting.add(task);
        } else {
          dropped++;
        }
        return;
      }
      running++;
    }
    start(task);
  }

  private void start(Task first) {
    Task task = first;
    while (task != null) {
      Task started = task;
      try {
        started.executor().execute(() -> started.run(this::over));
        return;
      } catch (RejectedExecutionException closedMeanwhile) {
        task = next(true);
      }
    }
  }

  private void over() {
    Task next = next(false);
    if (next != null) {
      start(next);
    }
  }

  private synchronized @Nullable Task next(boolean rejected) {
    if (rejected) {
      dropped++;
    } else {
      ran++;
    }
    Task next = waiting.poll();
    if (next == null) {
      running--;
    }
    return next;
  }

  synchronized long ran() {
    return ran;
  }

  synchronized long dropped() {
    return dropped;
  }

  /** Drops what waits; running shadows continue to their end. */
  synchronized void close() {
    closed = true;
    dropped += waiting.size();
    waiting.clear();
  }
}

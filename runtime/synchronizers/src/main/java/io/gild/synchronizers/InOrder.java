package io.gild.synchronizers;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Runs tasks one after the other, in the order in which they were given. Thread-safe. */
final class InOrder implements Executor {

  private final Executor threads;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean running;

  InOrder(Executor threads) {
    this.threads = threads;
  }

  @Override
  public void execute(Runnable task) {
    synchronized (waiting) {
      waiting.add(task);
      if (running) {
        return;
      }
      running = true;
    }
    threads.execute(this::runNext);
  }

  private void runNext() {
    Runnable next;
    synchronized (waiting) {
      next = waiting.remove();
    }
    try {
      next.run();
    } finally {
      goOn();
    }
  }

  private void goOn() {
    synchronized (waiting) {
      running = !waiting.isEmpty();
      if (!running) {
        return;
      }
    }
    threads.execute(this::runNext);
  }
}

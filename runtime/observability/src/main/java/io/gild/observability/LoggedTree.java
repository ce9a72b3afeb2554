package io.gild.observability;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The lines of an outermost call and of all that belongs to it, held until it is known whether they
 * are written. They are written without a delay from the first one on that is written in any case.
 * Thread-safe.
 */
final class LoggedTree {

  private static final int MOST_LINES = 256;

  private final boolean sampled;
  private final double rate;
  private final Consumer<Map<String, ?>> sink;
  private final Deque<Map<String, Object>> held = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock(); // a monitor would pin virtual threads
  private boolean kept;
  private boolean over;

  /**
   * Begins a tree.
   *
   * @param sampled whether it is written even if nothing in it has to be
   * @param rate how likely that was
   */
  LoggedTree(boolean sampled, double rate, Consumer<Map<String, ?>> sink) {
    this.sampled = sampled;
    this.rate = rate;
    this.sink = sink;
  }

  /** Adds a line; if it must be written, the whole tree is, as far as its lines are still held. */
  void add(Map<String, Object> line, boolean must) {
    lock.lock();
    try {
      if (must && !kept) {
        kept = true;
        flush(false);
      }
      if (kept) {
        sink.accept(line);
        return;
      }
      held.add(line);
      if (over || held.size() > MOST_LINES) {
        makeRoom();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Has all lines written that are still held, and all further ones. */
  void keep() {
    lock.lock();
    try {
      kept = true;
      flush(false);
    } finally {
      lock.unlock();
    }
  }

  /** The outermost call is over: what does not have to be written is written only if sampled. */
  void end() {
    lock.lock();
    try {
      over = true;
      makeRoom();
    } finally {
      lock.unlock();
    }
  }

  private void makeRoom() {
    if (sampled) {
      flush(true);
    } else if (over) {
      held.clear();
    } else {
      held.removeFirst();
    }
  }

  private void flush(boolean asSample) {
    for (Map<String, Object> line = held.poll(); line != null; line = held.poll()) {
      if (asSample) {
        line.put("sampled", rate);
      }
      sink.accept(line);
    }
  }
}

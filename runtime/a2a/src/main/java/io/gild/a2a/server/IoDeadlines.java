package io.gild.a2a.server;

import io.gild.core.spi.Clock;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends reads and writes that take too long: their thread is interrupted, which closes the channel
 * that it waits for.
 */
final class IoDeadlines {

  private final Clock clock;
  private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

  IoDeadlines(Clock clock) {
    this.clock = clock;
  }

  /** Watches the current thread until the watch is closed; it has no limit yet. */
  Watch watch() {
    Watch watch = new Watch(Thread.currentThread());
    watches.add(watch);
    return watch;
  }

  /**
   * Interrupts the threads that are late.
   *
   * @param patience how long a thread may wait for its client until it counts as stuck
   * @return how many threads are stuck
   */
  int check(Duration patience) {
    long now = clock.nanoTime();
    int stuck = 0;
    for (Watch watch : watches) {
      if (watch.check(now, patience.toNanos())) {
        stuck++;
      }
    }
    return stuck;
  }

  /** The limit of one thread, which is the only one to set it. */
  final class Watch implements AutoCloseable {

    private final Thread thread;
    private long start;
    private long nanos;
    private boolean limited;
    private boolean expired;
    private boolean closed;

    private Watch(Thread thread) {
      this.thread = thread;
    }

    /**
     * Sets how long what follows may take.
     *
     * @throws IOException if the thread was late before
     */
    synchronized void limit(Duration time) throws IOException {
      lift();
      start = clock.nanoTime();
      nanos = time.toNanos();
      limited = true;
    }

    /**
     * Lifts the limit.
     *
     * @throws IOException if the thread was late
     */
    synchronized void lift() throws IOException {
      limited = false;
      if (expired) {
        throw new InterruptedIOException("the client took too long");
      }
    }

    private synchronized boolean check(long now, long patience) {
      long taken = limited ? now - start : 0;
      if (limited && taken > nanos) {
        expire();
      }
      return taken > patience;
    }

    /** Ends at once what the thread reads or writes. */
    synchronized void expire() {
      if (!closed && !expired) {
        expired = true;
        thread.interrupt();
      }
    }

    /** Ends the watch; the thread may serve another connection. */
    @Override
    public synchronized void close() {
      closed = true;
      watches.remove(this);
      if (expired) {
        Thread.interrupted();
      }
    }
  }
}

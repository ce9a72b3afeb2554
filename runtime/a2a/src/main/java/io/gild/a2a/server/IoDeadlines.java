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

  /** Interrupts the threads that are late. */
  void check() {
    long now = clock.nanoTime();
    watches.forEach(watch -> watch.check(now));
  }

  /** The limit of one thread, which is the only one to set it. */
  final class Watch implements AutoCloseable {

    private final Thread thread;
    private long end;
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
      end = clock.nanoTime() + time.toNanos();
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

    private synchronized void check(long now) {
      if (limited && now - end > 0) {
        expire();
      }
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

package io.gild.synchronizers;

import io.gild.core.GildLog;
import io.gild.synchronizers.spi.LeaseStore;
import io.gild.synchronizers.spi.SynchronizerKey;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Gives up places and what may be held because an answer was lost. Thread-safe. */
final class Abandonments {

  private static final int MOST = 10_000;
  private static final long LONGEST_END_NANOS = 5_000_000_000L;
  private static final long POLL_NANOS = 1_000_000;

  private final LeaseStore store;
  private final Executor later;
  private final AtomicInteger waiting = new AtomicInteger();

  Abandonments(LeaseStore store, Executor later) {
    this.store = store;
    this.later = later;
  }

  /** Gives something up now, also on a thread that is interrupted. */
  void now(SynchronizerKey key, String id) {
    boolean interrupted = Thread.interrupted();
    try {
      store.release(key, id);
    } catch (SynchronizerException unreachable) {
      GildLog.infoOnce(
          "Cannot give up a place at %s, which ends by itself: %s"
              .formatted(key, unreachable.getMessage()));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Gives something up on another thread: the caller does not wait for an engine that it could not
   * reach a moment ago. If too many do so, the leases end by themselves.
   */
  void later(SynchronizerKey key, String id) {
    if (waiting.incrementAndGet() > MOST) {
      waiting.decrementAndGet();
      return;
    }
    later.execute(() -> {
      releaseQuietly(key, id);
      waiting.decrementAndGet();
    });
  }

  private void releaseQuietly(SynchronizerKey key, String id) {
    try {
      store.release(key, id);
    } catch (SynchronizerException unreachable) {
      // as the caller knows already; the lease ends by itself
    }
  }

  /** Waits until all is given up, unless the engine does not answer. */
  void close() {
    long deadline = System.nanoTime() + LONGEST_END_NANOS;
    while (waiting.get() > 0 && System.nanoTime() < deadline) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }
}

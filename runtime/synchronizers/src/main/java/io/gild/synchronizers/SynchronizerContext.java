package io.gild.synchronizers;

import io.gild.core.GildLog;
import io.gild.core.spi.Clock;
import io.gild.synchronizers.spi.LeaseStore;
import io.gild.synchronizers.spi.SynchronizerKey;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What all synchronizers of one engine share. Thread-safe. */
final class SynchronizerContext implements AutoCloseable {

  private static final int MOST_ABANDONED = 10_000;

  private final LeaseStore store;
  private final Clock clock;
  private final LeaseThreads threads = new LeaseThreads();
  private final LeaseKeeper keeper;
  private final Waits waits;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicInteger abandoned = new AtomicInteger();
  private final Executor abandoning = threads.inOrder();

  SynchronizerContext(LeaseStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.keeper = new LeaseKeeper(store, clock, threads);
    this.waits = new Waits(store, clock, threads);
  }

  LeaseStore store() {
    return store;
  }

  LeaseKeeper keeper() {
    return keeper;
  }

  Waits waits() {
    return waits;
  }

  long nanoTime() {
    return clock.nanoTime();
  }

  LeaseThreads threads() {
    return threads;
  }

  /** Returns an executor for what the application does, one task after the other. */
  Executor inOrder() {
    return threads.inOrder();
  }

  String newId() {
    return UUID.randomUUID().toString();
  }

  /** Gives up a wait, or something that may be held, also on a thread that is interrupted. */
  void abandon(SynchronizerKey key, String id) {
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
   * Gives up what may be held because an answer was lost. The caller does not wait for an engine
   * that it could not reach a moment ago; if too many do so, the leases end by themselves.
   */
  void abandonLater(SynchronizerKey key, String id) {
    if (abandoned.incrementAndGet() > MOST_ABANDONED) {
      abandoned.decrementAndGet();
      return;
    }
    abandoning.execute(() -> {
      abandoned.decrementAndGet();
      abandon(key, id);
    });
  }

  /** Ends all waits, gives everything back, and closes the engine. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    waits.close();
    keeper.close();
    threads.close();
    store.close();
  }
}

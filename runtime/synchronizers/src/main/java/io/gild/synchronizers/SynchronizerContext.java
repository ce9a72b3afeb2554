package io.gild.synchronizers;

import io.gild.core.spi.Clock;
import io.gild.synchronizers.spi.LeaseStore;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** What all synchronizers of one engine share. Thread-safe. */
final class SynchronizerContext implements AutoCloseable {

  private final LeaseStore store;
  private final Clock clock;
  private final LeaseThreads threads = new LeaseThreads();
  private final LeaseKeeper keeper;
  private final Abandonments abandonments;
  private final Waits waits;
  private final AtomicBoolean closed = new AtomicBoolean();

  SynchronizerContext(LeaseStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.keeper = new LeaseKeeper(store, clock, threads);
    this.abandonments = new Abandonments(store, threads.inOrder());
    this.waits = new Waits(store, clock, threads, abandonments);
  }

  LeaseStore store() {
    return store;
  }

  LeaseKeeper keeper() {
    return keeper;
  }

  Abandonments abandonments() {
    return abandonments;
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

  /** Ends all waits, gives everything back, and closes the engine. */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    waits.close();
    threads.settle();
    keeper.close();
    abandonments.close();
    threads.close();
    store.close();
  }
}

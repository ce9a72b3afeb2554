package io.gild.synchronizers;

import io.gild.core.spi.Clock;
import io.gild.synchronizers.spi.LeaseStore;
import io.gild.synchronizers.spi.LeaseStore.Watch;
import io.gild.synchronizers.spi.SynchronizerKey;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Asks an engine again and again: when it wakes the caller, when a lease ends, and at least once in
 * its longest pause. Thread-safe.
 */
final class Waits {

  private final LeaseStore store;
  private final Clock clock;
  private final LeaseThreads threads;
  private final WakeUps wakeUps;

  Waits(LeaseStore store, Clock clock, LeaseThreads threads) {
    this.store = store;
    this.clock = clock;
    this.threads = threads;
    this.wakeUps = new WakeUps(store);
  }

  /**
   * Waits on the current thread.
   *
   * @param id is woken alone, if the engine knows whose turn it is
   * @throws SynchronizerException if the engine cannot be reached, or this was closed
   * @throws TimeoutException if the value is absent after the timeout
   */
  <T> T await(SynchronizerKey key, String id, Supplier<Answer<T>> attempt, Duration timeout)
      throws InterruptedException, TimeoutException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before waiting for " + key);
    }
    Waiting<T> waiting = waiting(key, id, attempt, timeout);
    T value = waiting.askFirst();
    return value == null ? await(waiting) : value;
  }

  private <T> Waiting<T> waiting(
      SynchronizerKey key, String id, Supplier<Answer<T>> attempt, Duration timeout) {
    Supplier<Answer<T>> whileOpen =
        () -> {
          requireOpen(key);
          return attempt.get();
        };
    return new Waiting<>(key, id, whileOpen, timeout, store.longestPause(), clock);
  }

  private <T> T await(Waiting<T> waiting) throws InterruptedException, TimeoutException {
    Semaphore signal = new Semaphore(0);
    Watch watch = wakeUps.add(waiting.key(), waiting.id(), signal::release);
    try {
      T value = waiting.askAgain(); // a wake-up before the watch began was missed
      while (value == null) {
        boolean unused = signal.tryAcquire(waiting.pause(), TimeUnit.NANOSECONDS);
        signal.drainPermits();
        value = waiting.askAgain();
      }
      return value;
    } finally {
      watch.close();
    }
  }

  /**
   * Waits without a thread.
   *
   * @param abandon is called on the thread of the leases if the value is not wanted any more
   * @return fails as {@link #await} throws; may be cancelled
   */
  <T> CompletableFuture<T> async(
      SynchronizerKey key,
      String id,
      Supplier<Answer<T>> attempt,
      Duration timeout,
      Runnable abandon) {
    return new AsyncWait<>(waiting(key, id, attempt, timeout), wakeUps, threads, abandon).start();
  }

  void requireOpen(SynchronizerKey key) {
    if (wakeUps.isClosed()) {
      throw new ClosedException(key);
    }
  }

  /** Ends all waits. */
  void close() {
    wakeUps.close();
  }

  /** Ends a wait at once, other than an engine that cannot be reached. */
  static final class ClosedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    ClosedException(SynchronizerKey key) {
      super("The synchronizers were closed, and with them " + key);
    }
  }
}

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Asks an engine again and again: when it wakes the caller, when a lease ends, and at least once in
 * its longest pause. Thread-safe.
 */
final class Waits {

  private static final long LONGEST_END_NANOS = 5_000_000_000L;
  private static final long POLL_NANOS = 1_000_000;

  private final LeaseStore store;
  private final Clock clock;
  private final LeaseThreads threads;
  private final Abandonments abandonments;
  private final WakeUps wakeUps;
  private final AtomicInteger active = new AtomicInteger();

  Waits(LeaseStore store, Clock clock, LeaseThreads threads, Abandonments abandonments) {
    this.abandonments = abandonments;
    this.store = store;
    this.clock = clock;
    this.threads = threads;
    this.wakeUps = new WakeUps(store);
  }

  /**
   * Waits on the current thread. A wait that fails leaves no place behind.
   *
   * @param id is woken alone, if the engine knows whose turn it is
   * @throws SynchronizerException if the engine cannot be reached
   * @throws IllegalStateException if this was closed
   * @throws TimeoutException if the value is absent after the timeout
   */
  <T> T await(SynchronizerKey key, String id, Supplier<Answer<T>> attempt, Duration timeout)
      throws InterruptedException, TimeoutException {
    active.incrementAndGet();
    try {
      return awaitWithoutPlace(key, id, attempt, timeout);
    } catch (SynchronizerException unreachable) {
      abandonments.later(key, id);
      throw unreachable;
    } catch (InterruptedException | TimeoutException | RuntimeException none) {
      abandonments.now(key, id);
      throw none;
    } finally {
      active.decrementAndGet();
    }
  }

  /** Waits for something for which the engine keeps no place; throws as {@link #await}. */
  <T> T awaitWithoutPlace(
      SynchronizerKey key, String id, Supplier<Answer<T>> attempt, Duration timeout)
      throws InterruptedException, TimeoutException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before waiting for " + key);
    }
    Waiting<T> waiting = waiting(key, id, attempt, timeout);
    try {
      T value = waiting.askFirst();
      return value == null ? await(waiting) : value;
    } catch (SynchronizerException failure) {
      if (Thread.interrupted()) { // the engine's client stopped because of that
        throw new InterruptedException("interrupted while waiting for " + key);
      }
      throw failure;
    }
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
   * @return fails as {@link #await} throws; may be cancelled
   */
  <T> CompletableFuture<T> async(
      SynchronizerKey key, String id, Supplier<Answer<T>> attempt, Duration timeout) {
    Runnable abandon = () -> abandonments.later(key, id);
    return new AsyncWait<>(waiting(key, id, attempt, timeout), wakeUps, threads, abandon).start();
  }

  void requireOpen(SynchronizerKey key) {
    if (wakeUps.isClosed()) {
      throw new ClosedException(key);
    }
  }

  /** Ends all waits, and lets them leave the lines while the engine is open. */
  void close() {
    wakeUps.close();
    long deadline = System.nanoTime() + LONGEST_END_NANOS;
    while (active.get() > 0 && System.nanoTime() < deadline) {
      wakeUps.close(); // a wait may have begun meanwhile
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** Ends a wait at once, other than an engine that cannot be reached. */
  static final class ClosedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    ClosedException(SynchronizerKey key) {
      super("The synchronizers were closed, and with them " + key);
    }
  }
}

package io.gild.synchronizers;

import io.gild.core.GildLog;
import io.gild.core.spi.Clock;
import io.gild.synchronizers.spi.LeaseStore;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Renews leases at a third of their time, until they are given back or lost. Thread-safe. */
final class LeaseKeeper {

  private static final int RENEWALS_PER_LEASE = 3;
  private static final int RETRIES_PER_LEASE = 20;

  private final LeaseStore store;
  private final Clock clock;
  private final LeaseThreads threads;
  private final Set<HeldLease> kept = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  LeaseKeeper(LeaseStore store, Clock clock, LeaseThreads threads) {
    this.store = store;
    this.clock = clock;
    this.threads = threads;
  }

  /** Keeps a lease from now on; if this is closed, gives it back at once. */
  void keep(HeldLease lease) {
    kept.add(lease);
    if (closed) {
      giveBack(lease, () -> store.release(lease.key(), lease.id()));
      return;
    }
    schedule(lease, lease.lease().dividedBy(RENEWALS_PER_LEASE));
  }

  boolean isHeld(HeldLease lease) {
    return lease.isOpen() && lease.left(clock.nanoTime()) > 0;
  }

  private void schedule(HeldLease lease, Duration wanted) {
    long left = lease.left(clock.nanoTime());
    long after = Math.min(Times.nanos(wanted), Math.max(0, left));
    lease.scheduled(threads.runAfter(after, () -> renew(lease)));
  }

  private void renew(HeldLease lease) {
    long now = clock.nanoTime();
    if (!lease.isOpen()) {
      return;
    }
    if (lease.isAbandoned()) {
      GildLog.infoOnce(
          "What was held of %s was never closed, and nothing refers to it any more; it is returned. Close what you hold, as try with resources does."
              .formatted(lease.key()));
      giveBack(lease, () -> store.release(lease.key(), lease.id()));
    } else if (lease.isRenewed(now)) {
      renew(lease, now);
    } else {
      waitForTheEnd(lease, now);
    }
  }

  private void renew(HeldLease lease, long now) {
    try {
      if (store.renew(lease.key(), lease.id(), lease.lease())) {
        lease.extend(now + Times.nanos(lease.lease()));
        schedule(lease, lease.lease().dividedBy(RENEWALS_PER_LEASE));
      } else {
        lose(lease);
      }
    } catch (SynchronizerException unreachable) {
      waitForTheEnd(lease, clock.nanoTime());
    }
  }

  /** Tries again until the lease has ended; it may have been renewed on the server meanwhile. */
  private void waitForTheEnd(HeldLease lease, long now) {
    if (lease.left(now) <= 0) {
      lose(lease);
    } else {
      schedule(lease, lease.lease().dividedBy(RETRIES_PER_LEASE));
    }
  }

  private void lose(HeldLease lease) {
    kept.remove(lease);
    lease.lose();
  }

  /**
   * Ends a lease, also on a thread that is interrupted.
   *
   * @param operation ends it in the engine; returns whether it was held there
   * @return whether it was held until now; {@code false} if that is unknown
   */
  boolean giveBack(HeldLease lease, BooleanSupplier operation) {
    kept.remove(lease);
    boolean interrupted = Thread.interrupted();
    try {
      return lease.end() && operation.getAsBoolean();
    } catch (SynchronizerException unreachable) {
      GildLog.infoOnce(
          "Cannot return what is held of %s, which returns by itself within %s: %s"
              .formatted(lease.key(), lease.lease(), unreachable.getMessage()));
      return false;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Gives everything back. */
  void close() {
    closed = true;
    for (HeldLease lease : kept) {
      if (lease.isOpen()) {
        giveBack(lease, () -> store.release(lease.key(), lease.id()));
      }
    }
  }
}

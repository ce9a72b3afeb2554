package io.gild.synchronizers;

import io.gild.synchronizers.spi.SynchronizerKey;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Something that is held until its lease ends. It does not keep alive what the application has of
 * it. Thread-safe.
 */
final class HeldLease {

  private enum State {
    HELD,
    ENDED,
    LOST
  }

  private final SynchronizerKey key;
  private final String id;
  private final Duration lease;
  private final long renewedUntil;
  private final Executor callbacks;
  private final List<Runnable> whenLost = new ArrayList<>();
  private volatile long end;
  private State state = State.HELD;
  private @Nullable WeakReference<Object> owner;
  private @Nullable Future<?> next;

  /**
   * Creates a lease that is held.
   *
   * @param end monotonic time at which it ends
   * @param renewedUntil monotonic time after which it is not renewed
   * @param callbacks runs what the application does when the lease is lost
   */
  HeldLease(
      SynchronizerKey key,
      String id,
      Duration lease,
      long end,
      long renewedUntil,
      Executor callbacks) {
    this.key = key;
    this.id = id;
    this.lease = lease;
    this.end = end;
    this.renewedUntil = renewedUntil;
    this.callbacks = callbacks;
  }

  SynchronizerKey key() {
    return key;
  }

  String id() {
    return id;
  }

  Duration lease() {
    return lease;
  }

  /** Sets what the application has; without it, no one can give the lease back. */
  synchronized void ownedBy(Object held) {
    owner = new WeakReference<>(held);
  }

  synchronized boolean isAbandoned() {
    return owner != null && owner.refersTo(null);
  }

  /** Returns the nanoseconds that are left; zero or less if the lease may have ended. */
  long left(long now) {
    return end - now;
  }

  void extend(long newEnd) {
    end = newEnd;
  }

  boolean isRenewed(long now) {
    return renewedUntil - now > 0;
  }

  /** Returns whether it was neither given back nor lost. */
  synchronized boolean isOpen() {
    return state == State.HELD;
  }

  /** Sets the task that renews it, instead of the one before. */
  synchronized void scheduled(@Nullable Future<?> task) {
    if (state == State.HELD) {
      next = task;
    } else if (task != null) {
      task.cancel(false);
    }
  }

  /** Gives it back; returns whether it was held. */
  synchronized boolean end() {
    return leave(State.ENDED);
  }

  /** Loses it, and notifies the application; returns whether it was held. */
  synchronized boolean lose() {
    if (!leave(State.LOST)) {
      return false;
    }
    whenLost.forEach(callbacks::execute);
    whenLost.clear();
    return true;
  }

  private boolean leave(State last) {
    if (state != State.HELD) {
      return false;
    }
    state = last;
    if (next != null) {
      next.cancel(false);
    }
    return true;
  }

  /** Runs a task once the lease is lost, or soon if it is lost already. */
  synchronized void whenLost(Runnable task) {
    switch (state) {
      case HELD -> whenLost.add(task);
      case LOST -> callbacks.execute(task);
      case ENDED -> {
        // it was given back and cannot be lost any more
      }
    }
  }
}

package io.gild.synchronizers;

import io.gild.config.Experimental;
import java.time.Duration;

/**
 * A permit of a {@link SharedSemaphore}. It is renewed until it is closed; a permit to which
 * nothing refers any more is returned, too. Thread-safe.
 */
@Experimental
public final class Permit implements AutoCloseable {

  private final SynchronizerContext context;
  private final HeldLease lease;
  private final long token;

  Permit(SynchronizerContext context, HeldLease lease, long token) {
    this.context = context;
    this.lease = lease;
    this.token = token;
    lease.ownedBy(this);
  }

  /**
   * Returns the permit's name.
   *
   * @return a text that no other permit has
   */
  public String id() {
    return lease.id();
  }

  /**
   * Returns the fencing token. If the semaphore has one permit, a resource that remembers the
   * greatest token it has seen, and rejects smaller ones, is safe from a holder that was paused for
   * longer than its lease.
   *
   * @return a number that is greater than that of every earlier permit of the semaphore
   */
  public long token() {
    return token;
  }

  /**
   * Returns how long the permit is held without a renewal.
   *
   * @return the lease
   */
  public Duration lease() {
    return lease.lease();
  }

  /**
   * Returns whether no one else can have the permit at this moment, as far as this process can
   * know.
   *
   * @return {@code false} once it was closed or its lease may have ended
   */
  public boolean isHeld() {
    return context.keeper().isHeld(lease);
  }

  /**
   * Runs a task when the permit is lost: its lease ended, because this process was paused or the
   * engine could not be reached, or its {@linkplain SharedSemaphore#withMaxHold longest time} is
   * over. The task runs once, on a thread of Gild; at once if the permit is lost already.
   *
   * @param task stops what the permit allowed
   */
  public void onLost(Runnable task) {
    lease.whenLost(task);
  }

  /** Returns the permit, unless it is lost. Never throws. */
  @Override
  public void close() {
    context.keeper().giveBack(lease, () -> context.store().release(lease.key(), lease.id()));
  }

  @Override
  public String toString() {
    return "Permit[%s, token %d]".formatted(lease.key(), token);
  }
}

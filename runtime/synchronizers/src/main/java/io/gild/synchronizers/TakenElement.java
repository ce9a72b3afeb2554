package io.gild.synchronizers;

import io.gild.config.Experimental;
import io.gild.synchronizers.spi.QueueElement;

/**
 * An element of a {@link SharedQueue} that is being worked on. It is renewed until it is done or
 * closed; if its taker dies, another one gets it. Thread-safe.
 */
@Experimental
public final class TakenElement implements AutoCloseable {

  private final SynchronizerContext context;
  private final HeldLease lease;
  private final QueueElement element;

  TakenElement(SynchronizerContext context, HeldLease lease, QueueElement element) {
    this.context = context;
    this.lease = lease;
    this.element = element;
    lease.ownedBy(this);
  }

  /**
   * Returns the element itself.
   *
   * @return what was offered
   */
  public String text() {
    return element.text();
  }

  /**
   * Returns who offered it.
   *
   * @return the key of the producer
   */
  public String producer() {
    return element.producer();
  }

  /**
   * Returns how often the element was taken, so that one that no taker survives can be set aside.
   *
   * @return 1 or more
   */
  public int deliveries() {
    return element.deliveries();
  }

  /**
   * Returns whether no one else can have the element, as far as this process can know.
   *
   * @return {@code false} once it is done or closed, or its lease may have ended
   */
  public boolean isHeld() {
    return context.keeper().isHeld(lease);
  }

  /**
   * Runs a task when the element is lost to another taker: its lease ended, because this process
   * was paused or the engine could not be reached.
   *
   * @param task runs once, on a thread of Gild; at once if the element is lost already
   */
  public void onLost(Runnable task) {
    lease.whenLost(task);
  }

  /**
   * Removes the element from the queue, so that no one gets it again.
   *
   * @return {@code false} if another taker has it, or the engine cannot be reached: then the
   *     element may be delivered again
   */
  public boolean done() {
    return context.keeper().giveBack(lease, () -> context.store().finish(lease.key(), lease.id()));
  }

  /** Gives the element back to the front of its producer's line, unless it is done. */
  @Override
  public void close() {
    context.keeper().giveBack(lease, () -> context.store().release(lease.key(), lease.id()));
  }

  @Override
  public String toString() {
    return "TakenElement[%s, delivery %d]".formatted(lease.key(), element.deliveries());
  }
}

package io.gild.synchronizers.spi;

import io.gild.config.Experimental;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An engine of synchronizers: few atomic operations on leases, which end by the engine's own clock.
 *
 * <p>Each operation has the same effect if it is repeated with the same id, because its answer may
 * have been lost. An engine that can replace a small text only if it has not changed extends {@link
 * StateLeaseStore}. Thread-safe; every method but {@link #close} throws {@link
 * io.gild.synchronizers.SynchronizerException} if the engine cannot be reached.
 */
@Experimental
public interface LeaseStore extends AutoCloseable {

  /** Ends what was begun; never throws. */
  interface Watch extends AutoCloseable {

    @Override
    void close();
  }

  /**
   * Asks a semaphore for a permit, or keeps the place in its line. Callers get permits in the order
   * in which they first asked; one that does not wait gets none while others wait for it.
   *
   * @param key the semaphore
   * @param request what the caller wants
   * @return the answer; a held permit has a token that is greater than all before
   */
  Claim claim(SynchronizerKey key, ClaimRequest request);

  /**
   * Arrives at a barrier, or renews the lease of a party that waits there. The first party of a
   * generation sets the number of parties.
   *
   * @param key the barrier
   * @param id names the party; unique
   * @param generation the generation in which the party waits; 0 if it has yet to arrive
   * @param parties how many parties the barrier waits for; 1 or more
   * @param lease how long the party counts without a renewal
   * @return the answer
   */
  Arrival arrive(SynchronizerKey key, String id, long generation, int parties, Duration lease);

  /**
   * Adds an element to a queue.
   *
   * @param key the queue
   * @param element the element
   * @param bounds of the queue
   * @return whether it is in the queue
   */
  boolean offer(SynchronizerKey key, QueueElement element, QueueBounds bounds);

  /**
   * Takes an element of a queue: the oldest one of the producer whose turn it is.
   *
   * @param key the queue
   * @param id names what is taken; unique
   * @param lease when the element is given back without a renewal
   * @return the element, or {@code null} if none waits
   */
  @Nullable QueueElement take(SynchronizerKey key, String id, Duration lease);

  /**
   * Removes a taken element, which no one gets again.
   *
   * @param key the queue
   * @param id what {@link #take} was called with
   * @return {@code false} if the lease has ended
   */
  boolean finish(SynchronizerKey key, String id);

  /**
   * Renews a lease.
   *
   * @param key the synchronizer
   * @param id of the permit, or of what is taken
   * @param lease how long it is held from now on
   * @return {@code false} if the lease has ended
   */
  boolean renew(SynchronizerKey key, String id, Duration lease);

  /**
   * Returns a permit or a place in the line, leaves a barrier, which breaks it, or gives a taken
   * element back to the front of its producer's line.
   *
   * @param key the synchronizer
   * @param id of the permit, the party, or what is taken
   * @return {@code false} if the lease has ended, or the barrier's generation is over
   */
  boolean release(SynchronizerKey key, String id);

  /**
   * Calls a listener when waiting callers should ask again.
   *
   * @param key the synchronizer
   * @param listener gets the id that should ask, or an empty text for all; on a thread of the
   *     engine, and must be quick. It may be called without need, and a call may be lost.
   * @return ends the watch
   */
  Watch watch(SynchronizerKey key, Consumer<String> listener);

  /**
   * Returns how long a waiting caller at most waits before it asks again.
   *
   * @return a duration above zero
   */
  default Duration longestPause() {
    return Duration.ofSeconds(1);
  }

  @Override
  void close();
}

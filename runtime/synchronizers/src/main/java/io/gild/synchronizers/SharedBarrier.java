package io.gild.synchronizers;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.synchronizers.spi.Arrival;
import io.gild.synchronizers.spi.SynchronizerKey;
import java.time.Duration;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A point at which parties wait for one another, generation after generation.
 *
 * <p>A generation breaks for all of its parties if one of them gives up or dies: each has a lease,
 * which is renewed while it waits. The next party to arrive begins a new generation. Immutable and
 * thread-safe.
 */
@Experimental
public final class SharedBarrier {

  private static final int RENEWALS_PER_LEASE = 3;

  private final SynchronizerContext context;
  private final SynchronizerKey key;
  private final int parties;
  private final Duration lease;

  SharedBarrier(SynchronizerContext context, SynchronizerKey key, int parties, Duration lease) {
    Require.atLeast(1, parties, "parties");
    SharedSemaphore.requireLease(lease);
    this.context = context;
    this.key = key;
    this.parties = parties;
    this.lease = lease;
  }

  /**
   * Returns the number of parties.
   *
   * @return 1 or more
   */
  public int parties() {
    return parties;
  }

  /**
   * Returns the same barrier with another lease.
   *
   * @param newLease how soon a party that died breaks its generation; 1 ms to 1 day
   * @return the barrier
   */
  public SharedBarrier withLease(Duration newLease) {
    return new SharedBarrier(context, key, parties, newLease);
  }

  /**
   * Arrives, and waits for the other parties.
   *
   * @param timeout how long at most
   * @return the number of the generation in which all parties arrived; 1 or more
   * @throws TimeoutException if not all parties came in time; the generation is broken
   * @throws BrokenBarrierException if another party gave up or died
   * @throws InterruptedException if the thread is interrupted; the generation is broken
   * @throws SynchronizerException if the engine cannot be reached, or the parties that wait expect
   *     another number of parties
   * @throws IllegalStateException if the synchronizers are closed
   */
  public long await(Duration timeout)
      throws InterruptedException, TimeoutException, BrokenBarrierException {
    String id = context.newId();
    AtomicLong generation = new AtomicLong();
    return outcome(context.waits().await(key, id, () -> arrive(id, generation), timeout));
  }

  private Answer<Arrival> arrive(String id, AtomicLong generation) {
    Arrival arrival = context.store().arrive(key, id, generation.get(), parties, lease);
    if (arrival.status() != Arrival.Status.WAITING) {
      return Answer.of(arrival);
    }
    generation.set(arrival.generation());
    return Answer.notYet(lease.dividedBy(RENEWALS_PER_LEASE));
  }

  private long outcome(Arrival end) throws BrokenBarrierException {
    return switch (end.status()) {
      case TRIPPED -> end.generation();
      case MISMATCHED ->
          throw new SynchronizerException(
              "%s has %d parties here, but %d where others wait; use one number"
                  .formatted(key, parties, end.parties()));
      default ->
          throw new BrokenBarrierException(
              "A party of %s gave up or died in generation %d".formatted(key, end.generation()));
    };
  }

  @Override
  public String toString() {
    return key + " of " + parties;
  }
}

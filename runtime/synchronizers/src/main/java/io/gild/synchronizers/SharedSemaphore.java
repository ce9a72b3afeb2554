package io.gild.synchronizers;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.synchronizers.spi.Claim;
import io.gild.synchronizers.spi.ClaimRequest;
import io.gild.synchronizers.spi.SynchronizerKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A semaphore whose permits have leases and fencing tokens.
 *
 * <pre>{@code
 * SharedSemaphore reports = synchronizers.semaphore("reports", 3);
 * try (Permit permit = reports.acquire(Duration.ofSeconds(5))) {
 *   storage.write(report, permit.token());
 * }
 * }</pre>
 *
 * <p>A caller gets a permit only while fewer are held than its own process allows; so processes may
 * have different numbers for a while, and a smaller one takes effect as permits are returned.
 * Callers get permits in the order in which they asked. Immutable and thread-safe.
 */
@Experimental
public final class SharedSemaphore {

  private static final Duration LONGEST_LEASE = Duration.ofDays(1);

  private final SynchronizerContext context;
  private final SynchronizerKey key;
  private final int permits;
  private final Duration lease;
  private final @Nullable Duration maxHold;

  SharedSemaphore(
      SynchronizerContext context,
      SynchronizerKey key,
      int permits,
      Duration lease,
      @Nullable Duration maxHold) {
    Require.atLeast(1, permits, "permits");
    requireLease(lease);
    this.context = context;
    this.key = key;
    this.permits = permits;
    this.lease = lease;
    this.maxHold = maxHold;
  }

  static void requireLease(Duration lease) {
    if (lease.toMillis() < 1 || lease.compareTo(LONGEST_LEASE) > 0) {
      throw new IllegalArgumentException("lease must be from 1 ms to 1 day, but is " + lease);
    }
  }

  /**
   * Returns the number of permits.
   *
   * @return 1 or more
   */
  public int permits() {
    return permits;
  }

  /**
   * Returns the same semaphore with another lease.
   *
   * @param newLease how long a permit is held without a renewal: how soon the permits of a process
   *     that died return, and how long one may be paused; 1 ms to 1 day
   * @return the semaphore
   */
  public SharedSemaphore withLease(Duration newLease) {
    return new SharedSemaphore(context, key, permits, newLease, maxHold);
  }

  /**
   * Returns the same semaphore with a longest time for which a permit is renewed.
   *
   * @param longest after this, a permit is lost within its lease; above zero
   * @return the semaphore
   */
  public SharedSemaphore withMaxHold(Duration longest) {
    Require.positive(longest, "longest");
    return new SharedSemaphore(context, key, permits, lease, longest);
  }

  /**
   * Gets a permit now, if one is free and no one waits for it.
   *
   * @return the permit
   * @throws SynchronizerException if the engine cannot be reached
   */
  public Optional<Permit> tryAcquire() {
    context.waits().requireOpen(key);
    String id = context.newId();
    boolean interrupted = Thread.interrupted();
    try {
      return Optional.ofNullable(claim(id, false).value());
    } catch (SynchronizerException unreachable) {
      context.abandonments().later(key, id);
      throw unreachable;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * Waits for a permit.
   *
   * @param timeout how long at most
   * @return the permit
   * @throws TimeoutException if there is none in time
   * @throws InterruptedException if the thread is interrupted; its place is given up
   * @throws SynchronizerException if the engine cannot be reached at first, or at the timeout; in
   *     between, the wait goes on
   * @throws IllegalStateException if the synchronizers are closed
   */
  public Permit acquire(Duration timeout) throws InterruptedException, TimeoutException {
    String id = context.newId();
    return context.waits().await(key, id, () -> claim(id, true), timeout);
  }

  /**
   * Waits for a permit without a thread.
   *
   * @param timeout how long at most
   * @return fails as {@link #acquire} throws; if it is cancelled or completed by others, the permit
   *     is returned
   */
  public CompletableFuture<Permit> acquireAsync(Duration timeout) {
    String id = context.newId();
    return context.waits().async(key, id, () -> claim(id, true), timeout);
  }

  private Answer<Permit> claim(String id, boolean waits) {
    long before = context.nanoTime();
    Claim claim = context.store().claim(key, new ClaimRequest(id, permits, lease, waits));
    if (!claim.held()) {
      Duration renewal = lease.dividedBy(3); // of the place in the line
      Duration retryAfter = claim.retryAfter();
      return Answer.notYet(renewal.compareTo(retryAfter) < 0 ? renewal : retryAfter);
    }
    long until = before + Times.nanos(maxHold == null ? Duration.ofDays(36_500) : maxHold);
    HeldLease held =
        new HeldLease(key, id, lease, before + Times.nanos(lease), until, context.inOrder());
    Permit permit = new Permit(context, held, claim.token());
    context.keeper().keep(held);
    return Answer.of(permit);
  }

  @Override
  public String toString() {
    return key + " of " + permits;
  }
}

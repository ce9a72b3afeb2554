package io.gild.synchronizers;

import io.gild.config.Experimental;
import io.gild.core.RuntimeScope;
import io.gild.core.spi.Clock;
import io.gild.synchronizers.spi.LeaseStore;
import io.gild.synchronizers.spi.QueueBounds;
import io.gild.synchronizers.spi.SynchronizerKey;
import io.gild.synchronizers.spi.SynchronizerKey.Kind;
import java.time.Duration;

/**
 * Semaphores, barriers, queues and elections, by name. All processes that use the same engine,
 * tenant and name share one; with the engine {@code in-process}, all that use the same runtime.
 *
 * <pre>{@code
 * Synchronizers synchronizers = Synchronizers.of(runtime);
 * SharedSemaphore reports = synchronizers.semaphore("reports", 3);
 * }</pre>
 *
 * <p>Everything that is held has a lease, which one daemon thread renews; so what a dead process
 * held returns by itself. Thread-safe.
 */
@Experimental
public final class Synchronizers implements AutoCloseable {

  private final SynchronizerContext context;
  private final Duration lease;
  private final String tenant;

  private Synchronizers(SynchronizerContext context, Duration lease, String tenant) {
    SharedSemaphore.requireLease(lease);
    this.context = context;
    this.lease = lease;
    this.tenant = tenant;
  }

  /**
   * Returns the synchronizers of a runtime, in the engine that its settings name.
   *
   * @param runtime closes them
   * @return the synchronizers
   * @throws SynchronizerException if the settings name no engine that is present
   */
  public static Synchronizers of(RuntimeScope runtime) {
    return runtime.shared(Synchronizers.class, Synchronizers::open);
  }

  private static Synchronizers open(RuntimeScope runtime) {
    SynchronizerSettings settings = runtime.settings().get(SynchronizerSettings.SECTION);
    LeaseStore store = Engines.open(runtime, settings.engine());
    return of(store, settings.lease(), runtime.clock());
  }

  /**
   * Creates synchronizers in an engine.
   *
   * @param store the engine; closed with them
   * @param lease how long something is held without a renewal; 1 ms to 1 day
   * @param clock measures leases and timeouts in this process
   * @return the synchronizers; the caller closes them
   */
  public static Synchronizers of(LeaseStore store, Duration lease, Clock clock) {
    return new Synchronizers(new SynchronizerContext(store, clock), lease, "");
  }

  /**
   * Creates synchronizers for this process alone, with leases of 30 seconds.
   *
   * @return the synchronizers; the caller closes them
   */
  public static Synchronizers inProcess() {
    return of(inProcessStore(Clock.SYSTEM), Duration.ofSeconds(30), Clock.SYSTEM);
  }

  /**
   * Creates an engine in this process.
   *
   * @param clock ends leases
   * @return the engine
   */
  public static LeaseStore inProcessStore(Clock clock) {
    return new InProcessLeaseStore(clock);
  }

  /**
   * Returns the synchronizers of one tenant, which share nothing with those of others.
   *
   * @param name of the tenant; empty for those of all
   * @return the synchronizers, in the same engine, and closed together with it
   */
  public Synchronizers tenant(String name) {
    return new Synchronizers(context, lease, name);
  }

  /**
   * Returns a semaphore.
   *
   * @param name its name
   * @param permits how many permits may be held before this process gets none; 1 or more
   * @return the semaphore
   */
  public SharedSemaphore semaphore(String name, int permits) {
    return new SharedSemaphore(context, key(Kind.SEMAPHORE, name), permits, lease, null);
  }

  /**
   * Returns a barrier.
   *
   * @param name its name
   * @param parties how many parties wait for one another; 1 or more
   * @return the barrier
   */
  public SharedBarrier barrier(String name, int parties) {
    return new SharedBarrier(context, key(Kind.BARRIER, name), parties, lease);
  }

  /**
   * Returns a queue.
   *
   * @param name its name
   * @param capacity the most elements, waiting or taken; 1 or more
   * @return the queue
   */
  public SharedQueue queue(String name, int capacity) {
    QueueBounds bounds = new QueueBounds(capacity, capacity);
    return new SharedQueue(context, key(Kind.QUEUE, name), bounds, lease);
  }

  /**
   * Joins an election.
   *
   * @param name its name
   * @param listener is notified when this candidate becomes the leader, and when it is no more
   * @return the candidate; the caller closes it
   */
  public Leader leader(String name, LeaderListener listener) {
    SharedSemaphore election = new SharedSemaphore(context, key(Kind.LEADER, name), 1, lease, null);
    Leader candidate = new Leader(election, listener, context.threads(), lease.dividedBy(3));
    candidate.join();
    return candidate;
  }

  private SynchronizerKey key(Kind kind, String name) {
    return new SynchronizerKey(kind, tenant, name);
  }

  /** Ends all waits, which then fail, returns everything that is held, and closes the engine. */
  @Override
  public void close() {
    context.close();
  }
}

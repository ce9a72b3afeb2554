package io.gild.synchronizers;

import io.gild.config.Experimental;
import io.gild.synchronizers.spi.QueueBounds;
import io.gild.synchronizers.spi.QueueElement;
import io.gild.synchronizers.spi.SynchronizerKey;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue in which producers take turns: a producer with many elements does not delay the
 * few of another one. The elements of one producer leave in their order.
 *
 * <pre>{@code
 * SharedQueue questions = synchronizers.queue("questions", 1_000);
 * questions.offer(customer, question, Duration.ofSeconds(1));
 *
 * Optional<TakenElement> next = questions.take(Duration.ofSeconds(30));
 * }</pre>
 *
 * <p>An element is delivered at least once: it is taken under a lease, and given back if its taker
 * dies. Those that wait to offer or to take are served in no particular order. Immutable and
 * thread-safe.
 */
@Experimental
public final class SharedQueue {

  private final SynchronizerContext context;
  private final SynchronizerKey key;
  private final QueueBounds bounds;
  private final Duration lease;

  SharedQueue(
      SynchronizerContext context, SynchronizerKey key, QueueBounds bounds, Duration lease) {
    SharedSemaphore.requireLease(lease);
    this.context = context;
    this.key = key;
    this.bounds = bounds;
    this.lease = lease;
  }

  /**
   * Returns the same queue with another lease.
   *
   * @param newLease how soon the elements of a taker that died are given back; 1 ms to 1 day
   * @return the queue
   */
  public SharedQueue withLease(Duration newLease) {
    return new SharedQueue(context, key, bounds, newLease);
  }

  /**
   * Returns the same queue with a bound for each producer, so that none can fill the queue alone.
   *
   * @param most elements of one producer, waiting or taken; 1 or more
   * @return the queue
   */
  public SharedQueue withCapacityPerProducer(int most) {
    return new SharedQueue(context, key, new QueueBounds(bounds.capacity(), most), lease);
  }

  /**
   * Adds an element, waiting for room.
   *
   * @param producer the key whose elements stay in order, such as a tenant
   * @param text the element
   * @param timeout how long to wait at most; zero to not wait
   * @return whether it was added
   * @throws InterruptedException if the thread is interrupted; the element was not added
   * @throws SynchronizerException if the engine cannot be reached: the element may have been added
   * @throws IllegalStateException if the synchronizers are closed
   */
  public boolean offer(String producer, String text, Duration timeout) throws InterruptedException {
    QueueElement element = new QueueElement(context.newId(), producer, text, 0);
    try {
      return context.waits().awaitWithoutPlace(key, element.id(), () -> offer(element), timeout);
    } catch (TimeoutException full) {
      return false;
    }
  }

  private Answer<Boolean> offer(QueueElement element) {
    return context.store().offer(key, element, bounds)
        ? Answer.of(true)
        : Answer.notYet(context.store().longestPause());
  }

  /**
   * Takes an element, waiting for one.
   *
   * @param timeout how long to wait at most; zero to not wait
   * @return the element; empty if there is none in time
   * @throws InterruptedException if the thread is interrupted; nothing was taken
   * @throws SynchronizerException if the engine cannot be reached at first, or at the timeout
   * @throws IllegalStateException if the synchronizers are closed
   */
  public Optional<TakenElement> take(Duration timeout) throws InterruptedException {
    String id = context.newId();
    try {
      return Optional.of(context.waits().await(key, id, () -> take(id), timeout));
    } catch (TimeoutException none) {
      return Optional.empty();
    }
  }

  private Answer<TakenElement> take(String id) {
    long before = context.nanoTime();
    @Nullable QueueElement element = context.store().take(key, id, lease);
    if (element == null) {
      return Answer.notYet(lease); // one that was taken may be given back
    }
    HeldLease held =
        new HeldLease(
            key, id, lease, before + Times.nanos(lease), Long.MAX_VALUE, context.inOrder());
    TakenElement taken = new TakenElement(context, held, element);
    context.keeper().keep(held);
    return Answer.of(taken);
  }

  @Override
  public String toString() {
    return key.toString();
  }
}

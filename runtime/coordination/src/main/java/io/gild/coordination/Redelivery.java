package io.gild.coordination;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When a message is delivered again, and when no longer.
 *
 * @param maxDeliveries the most deliveries of a message to a subscription; 1 or more. After the
 *     last one it is in the dead letters.
 * @param ackWait how long a delivery may take without a sign of life of its handler; above zero
 * @param handlingTimeout how long a running handler keeps its message by automatic signs of life;
 *     zero for none. The thread of a handler that takes longer is interrupted.
 * @param firstDelay the delay before the second delivery after a failure; it doubles each time
 * @param maxDelay the longest delay
 * @param jitter the share of a delay that is random, 0 to 1
 */
@Experimental
public record Redelivery(
    int maxDeliveries,
    Duration ackWait,
    Duration handlingTimeout,
    Duration firstDelay,
    Duration maxDelay,
    double jitter) {

  /** 5 deliveries, 30 s without a sign of life, 10 min in all, delays from 1 s to 1 min. */
  public static final Redelivery DEFAULT =
      new Redelivery(
          5,
          Duration.ofSeconds(30),
          Duration.ofMinutes(10),
          Duration.ofSeconds(1),
          Duration.ofMinutes(1),
          0.2);

  private static final int MOST_DOUBLINGS = 30;

  /** Checks the values. */
  public Redelivery {
    Require.atLeast(1, maxDeliveries, "max-deliveries");
    Require.positive(ackWait, "ack-wait");
    Require.notNegative(handlingTimeout, "handling-timeout");
    Require.notNegative(firstDelay, "first-delay");
    Require.notNegative(maxDelay, "max-delay");
    Require.between(0, 1, jitter, "jitter");
  }

  /**
   * Returns the delay before the next delivery.
   *
   * @param delivery the number of the delivery that has failed, from 1
   * @param random makes the jitter
   * @return zero or more, at most {@link #maxDelay}
   */
  public Duration delay(int delivery, RandomGenerator random) {
    double doubled =
        (double) firstDelay.toNanos() * (double) (1L << Math.min(delivery - 1, MOST_DOUBLINGS));
    double bounded = Math.min(doubled, (double) maxDelay.toNanos());
    return Duration.ofNanos((long) (bounded * (1 - jitter * random.nextDouble())));
  }

  /**
   * Returns the same with another number of deliveries.
   *
   * @param deliveries 1 or more
   * @return the copy
   */
  public Redelivery withMaxDeliveries(int deliveries) {
    return new Redelivery(deliveries, ackWait, handlingTimeout, firstDelay, maxDelay, jitter);
  }

  /**
   * Returns the same with another time without a sign of life.
   *
   * @param wait above zero
   * @return the copy
   */
  public Redelivery withAckWait(Duration wait) {
    return new Redelivery(maxDeliveries, wait, handlingTimeout, firstDelay, maxDelay, jitter);
  }

  /**
   * Returns the same with another limit of handlers.
   *
   * @param timeout zero for none
   * @return the copy
   */
  public Redelivery withHandlingTimeout(Duration timeout) {
    return new Redelivery(maxDeliveries, ackWait, timeout, firstDelay, maxDelay, jitter);
  }

  /**
   * Returns the same with other delays.
   *
   * @param first the first delay
   * @param max the longest delay
   * @return the copy
   */
  public Redelivery withDelays(Duration first, Duration max) {
    return new Redelivery(maxDeliveries, ackWait, handlingTimeout, first, max, jitter);
  }
}

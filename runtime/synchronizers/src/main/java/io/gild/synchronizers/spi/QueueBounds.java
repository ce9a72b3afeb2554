package io.gild.synchronizers.spi;

import io.gild.config.Experimental;
import io.gild.config.Require;

/**
 * How many elements a queue holds, waiting or taken.
 *
 * @param capacity of all producers together; 1 or more
 * @param capacityPerProducer of each producer; 1 or more
 */
@Experimental
public record QueueBounds(int capacity, int capacityPerProducer) {

  /** Checks the values. */
  public QueueBounds {
    Require.atLeast(1, capacity, "capacity");
    Require.atLeast(1, capacityPerProducer, "capacityPerProducer");
  }
}

package io.gild.synchronizers.spi;

import io.gild.config.Experimental;

/**
 * An element of a queue.
 *
 * @param id names the element; unique
 * @param producer the key whose elements are in order, and which takes turns with other keys
 * @param text the element itself
 * @param deliveries how often it has been taken; 0 before
 */
@Experimental
public record QueueElement(String id, String producer, String text, int deliveries) {

  QueueElement takenAgain() {
    return new QueueElement(id, producer, text, deliveries + 1);
  }
}

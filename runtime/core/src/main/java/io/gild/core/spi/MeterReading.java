package io.gild.core.spi;

import io.gild.config.Experimental;

/** A number that is read when it is needed, until it is over; thread-safe. */
@Experimental
public interface MeterReading {

  /**
   * Returns the number.
   *
   * @return the present number; for a counter the total so far. After the end, the last number that
   *     was read
   */
  double value();

  /**
   * Returns whether the object behind the number is gone.
   *
   * @return {@code true} if the number will not change any more
   */
  boolean isOver();
}

package io.gild.core.spi;

import io.gild.config.Experimental;
import java.util.Map;

/**
 * A {@link Stage} whose state outlives its calls, such as that of a circuit breaker, and can be
 * read and set from outside. Thread-safe.
 */
@Experimental
public interface LastingState {

  /**
   * Returns the state of each part.
   *
   * @return words such as {@code open}, by the name of the part; unique in the runtime
   */
  Map<String, String> states();

  /**
   * Sets the state of parts, as {@link #states} returned them.
   *
   * @param states the states by the names of the parts; names of other stages are ignored
   * @throws IllegalArgumentException if a part of this stage has no such state
   */
  void resume(Map<String, String> states);
}

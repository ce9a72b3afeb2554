package io.gild.core.spi;

import io.gild.config.Experimental;
import io.gild.core.MethodSpec;

/**
 * Something that happened in a runtime, for consoles and exporters. A module adds its own records;
 * none holds a prompt, an answer, or an object of the application.
 *
 * @see io.gild.core.Events
 */
@Experimental
public interface Event {

  /**
   * Returns the governed method that the event belongs to.
   *
   * @return its description
   */
  MethodSpec method();
}

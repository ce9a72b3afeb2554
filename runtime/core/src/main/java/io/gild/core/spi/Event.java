package io.gild.core.spi;

import io.gild.core.MethodSpec;

/**
 * Something that happened in a runtime, as a console or an exporter may show it. A module adds
 * records of its own; none holds a prompt, an answer, or an object of the application.
 *
 * @see io.gild.core.Events
 */
public interface Event {

  /**
   * Returns the governed method that it happened to.
   *
   * @return its description
   */
  MethodSpec method();
}

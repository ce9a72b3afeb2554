package io.gild.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hears what one attempt of a streamed call says, before its consumer does; it may read tokens from
 * the elements.
 */
public interface StreamListener {

  /**
   * Hears an element.
   *
   * @param element the element, not to be changed
   */
  default void element(@Nullable Object element) {}

  /**
   * Hears that the stream came to its end.
   *
   * @throws Throwable if this is no end that a complete answer has: the attempt then counts as
   *     failed
   */
  default void completed() throws Throwable {}

  /** Makes the listeners of a method. */
  @FunctionalInterface
  interface Factory {

    /** Makes listeners that do not listen. */
    Factory NONE = call -> new StreamListener() {};

    /**
     * Makes the listener of one attempt.
     *
     * @param call the call
     * @return a new listener
     */
    StreamListener start(AgentCall call);

    /**
     * Turns what a policy answered instead of the method, such as a fallback's text, into elements.
     *
     * @param answer the answer, which is no stream
     * @return the elements the consumer is given
     * @throws Throwable if there are no such elements; the consumer gets this failure
     */
    default List<?> elements(Object answer) throws Throwable {
      return List.of(answer);
    }
  }
}

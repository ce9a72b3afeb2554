package io.gild.core;

import io.gild.config.Experimental;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Receives the elements of one attempt of a streamed call before its consumer; it may read tokens
 * from them.
 */
@Experimental
public interface StreamListener {

  /**
   * Receives an element.
   *
   * @param element the element, not to be changed
   */
  default void element(@Nullable Object element) {}

  /**
   * Is notified of the end of the stream.
   *
   * @throws Throwable if a complete answer does not end like this: the attempt then counts as
   *     failed
   */
  default void completed() throws Throwable {}

  /** Makes the listeners of a method. */
  @FunctionalInterface
  interface Factory {

    /** Makes listeners that do nothing. */
    Factory NONE = call -> new StreamListener() {};

    /**
     * Makes the listener of one attempt.
     *
     * @param call the call
     * @return a new listener
     */
    StreamListener start(AgentCall call);

    /**
     * Converts the answer of a policy, such as a fallback's text, to elements.
     *
     * @param answer the answer, which is not a stream
     * @return the elements for the consumer
     * @throws Throwable if there are no such elements; the consumer gets this failure
     */
    default List<?> elements(Object answer) throws Throwable {
      return List.of(answer);
    }
  }
}

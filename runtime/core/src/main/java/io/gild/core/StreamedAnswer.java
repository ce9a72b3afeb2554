package io.gild.core;

import io.gild.config.Experimental;
import java.util.List;

/**
 * The elements of a stream that has ended; a policy answers a streamed call with it. Immutable.
 *
 * @param elements the elements, in order
 */
@Experimental
public record StreamedAnswer(List<?> elements) {

  /** Copies the list. */
  public StreamedAnswer {
    elements = List.copyOf(elements);
  }
}

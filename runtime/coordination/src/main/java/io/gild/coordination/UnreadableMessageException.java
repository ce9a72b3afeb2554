package io.gild.coordination;

import io.gild.config.Experimental;

/** Text that is not a message. */
@Experimental
public class UnreadableMessageException extends CoordinationException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was found, what was expected, and what to do
   */
  public UnreadableMessageException(String message) {
    super(message);
  }
}

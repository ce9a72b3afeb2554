package io.gild.coordination;

import io.gild.config.Experimental;

/** A message that is longer than the broker accepts; it was not accepted. */
@Experimental
public final class MessageTooLargeException extends CoordinationException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was found, what was expected, and what to do
   */
  public MessageTooLargeException(String message) {
    super(message);
  }
}

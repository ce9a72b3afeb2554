package io.gild.coordination;

import io.gild.config.Experimental;

/** A request to a topic that no running consumer serves; it was not sent. */
@Experimental
public final class NoReceiverException extends CoordinationException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was found, what was expected, and what to do
   */
  public NoReceiverException(String message) {
    super(message);
  }
}

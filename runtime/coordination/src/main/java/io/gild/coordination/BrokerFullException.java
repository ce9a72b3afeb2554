package io.gild.coordination;

import io.gild.config.Experimental;

/** The broker holds as many messages as it may; the message was not accepted. */
@Experimental
public final class BrokerFullException extends CoordinationException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was found, what was expected, and what to do
   */
  public BrokerFullException(String message) {
    super(message);
  }
}

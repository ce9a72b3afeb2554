package io.gild.coordination.nats;

import io.gild.config.Experimental;

/** A NATS server that cannot be reached or cannot do what is needed. */
@Experimental
public class NatsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was found, what was expected, and what to do
   */
  public NatsException(String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what was found, what was expected, and what to do
   * @param cause the cause
   */
  public NatsException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.gild.coordination;

import io.gild.config.Experimental;

/** A message that could not be sent, read or settled. */
@Experimental
public class CoordinationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was found, what was expected, and what to do
   */
  public CoordinationException(String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what was found, what was expected, and what to do
   * @param cause the cause
   */
  public CoordinationException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.gild.synchronizers;

import io.gild.config.Experimental;

/** A synchronizer that cannot be reached or is used wrongly. */
@Experimental
public class SynchronizerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was found, what was expected, and what to do
   */
  public SynchronizerException(String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what was found, what was expected, and what to do
   * @param cause the cause
   */
  public SynchronizerException(String message, Throwable cause) {
    super(message, cause);
  }
}

package io.gild.a2a;

import io.gild.config.Experimental;

/** A failure of the Agent2Agent protocol. */
@Experimental
public class A2aException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was found, what was expected, and what to do
   */
  public A2aException(String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what was found, what was expected, and what to do
   * @param cause the cause
   */
  public A2aException(String message, Throwable cause) {
    super(message, cause);
  }
}

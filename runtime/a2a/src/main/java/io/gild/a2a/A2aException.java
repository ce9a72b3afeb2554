package io.gild.a2a;

import io.gild.config.Experimental;
import org.jspecify.annotations.Nullable;

/** A failure of the Agent2Agent protocol. */
@Experimental
public class A2aException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final @Nullable A2aErrorCode error;

  /**
   * Creates the exception.
   *
   * @param message what was found, what was expected, and what to do
   */
  public A2aException(String message) {
    super(message);
    this.error = null;
  }

  /**
   * Creates the exception.
   *
   * @param message what was found, what was expected, and what to do
   * @param cause the cause
   */
  public A2aException(String message, Throwable cause) {
    super(message, cause);
    this.error = null;
  }

  /**
   * Creates the exception of an error that the protocol names.
   *
   * @param error the error
   * @param message what was found, what was expected, and what to do
   */
  public A2aException(A2aErrorCode error, String message) {
    super(message);
    this.error = error;
  }

  /**
   * Creates the exception of an error that the protocol names.
   *
   * @param error the error
   * @param message what was found, what was expected, and what to do
   * @param cause the cause
   */
  public A2aException(A2aErrorCode error, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.error = error;
  }

  /**
   * Returns the error of the protocol.
   *
   * @return the error, or {@code null} if the protocol has no name for the failure
   */
  public @Nullable A2aErrorCode error() {
    return error;
  }
}

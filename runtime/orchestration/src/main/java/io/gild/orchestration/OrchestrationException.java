package io.gild.orchestration;

import io.gild.config.Experimental;

/** A run that cannot be started, resumed or read. */
@Experimental
public class OrchestrationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was found, what was expected, and what to do
   */
  public OrchestrationException(String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what was found, what was expected, and what to do
   * @param cause the cause
   */
  public OrchestrationException(String message, Throwable cause) {
    super(message, cause);
  }
}

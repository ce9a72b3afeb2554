package io.gild.orchestration;

import io.gild.config.Experimental;
import org.jspecify.annotations.Nullable;

/** A run that cannot be started, continued or read. */
@Experimental
public class OrchestrationException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was found, what was expected, and what to do
   */
  public OrchestrationException(String message) {
    super(message);
  }

  /**
   * Creates an exception.
   *
   * @param message what was found, what was expected, and what to do
   * @param cause the cause, or {@code null}
   */
  public OrchestrationException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package io.gild.twin;

import io.gild.config.Experimental;
import org.jspecify.annotations.Nullable;

/** A twin cannot be read, restored or simulated. Nothing was changed. */
@Experimental
public class TwinException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was found, what was expected, and what to do
   */
  public TwinException(String message) {
    this(message, null);
  }

  /**
   * Creates an exception.
   *
   * @param message what was found, what was expected, and what to do
   * @param cause the cause, or {@code null}
   */
  public TwinException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

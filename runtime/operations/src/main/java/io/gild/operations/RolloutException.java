package io.gild.operations;

import io.gild.config.Experimental;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A rollout cannot start or go on: what was found, what was expected, and what to do. */
@Experimental
public final class RolloutException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was found and what was expected
   */
  public RolloutException(String message) {
    this(message, null);
  }

  /**
   * Creates an exception.
   *
   * @param message what was found and what was expected
   * @param cause why
   */
  public RolloutException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

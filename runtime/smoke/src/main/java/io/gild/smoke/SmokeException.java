package io.gild.smoke;

import io.gild.config.Experimental;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Smoke tests or golden tasks cannot begin: what was found, what was expected, what to do. */
@Experimental
public final class SmokeException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was found and what was expected
   */
  public SmokeException(String message) {
    this(message, null);
  }

  /**
   * Creates an exception.
   *
   * @param message what was found and what was expected
   * @param cause why
   */
  public SmokeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

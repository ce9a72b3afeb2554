package io.gild.smoke;

import io.gild.config.Experimental;
import java.io.Serial;

/** Something could not be done: what was found and what was expected. */
@Experimental
public final class SmokeException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was found and what was expected
   */
  public SmokeException(String message) {
    super(message);
  }
}

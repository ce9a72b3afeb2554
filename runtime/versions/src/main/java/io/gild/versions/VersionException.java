package io.gild.versions;

import io.gild.config.Experimental;
import java.io.Serial;

/** A new version cannot answer calls: what was found, what was expected, and what to do. */
@Experimental
public final class VersionException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was found and what was expected
   */
  public VersionException(String message) {
    super(message);
  }

  VersionException(String message, Throwable cause) {
    super(message, cause);
  }
}

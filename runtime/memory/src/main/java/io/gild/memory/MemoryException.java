package io.gild.memory;

import io.gild.config.Experimental;
import org.jspecify.annotations.Nullable;

/**
 * A store of memory cannot be read or written. Nothing of the failed operation was acknowledged.
 */
@Experimental
public class MemoryException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what failed, where, and what to do
   * @param cause the cause, or {@code null}
   */
  public MemoryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

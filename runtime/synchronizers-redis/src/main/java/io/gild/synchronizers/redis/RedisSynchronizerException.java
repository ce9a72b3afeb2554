package io.gild.synchronizers.redis;

import io.gild.config.Experimental;

/** A Redis server that cannot be reached or cannot do what is needed. */
@Experimental
public class RedisSynchronizerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was found, what was expected, and what to do
   */
  public RedisSynchronizerException(String message) {
    super(message);
  }

  /**
   * Creates the exception.
   *
   * @param message what was found, what was expected, and what to do
   * @param cause the cause
   */
  public RedisSynchronizerException(String message, Throwable cause) {
    super(message, cause);
  }
}

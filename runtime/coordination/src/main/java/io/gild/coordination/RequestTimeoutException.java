package io.gild.coordination;

import io.gild.config.Experimental;

/** A request without a reply before its deadline. */
@Experimental
public final class RequestTimeoutException extends CoordinationException {

  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what was found, what was expected, and what to do
   */
  public RequestTimeoutException(String message) {
    super(message);
  }
}

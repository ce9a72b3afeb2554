package io.gild.a2a.client;

import io.gild.a2a.A2aErrorCode;
import io.gild.a2a.A2aException;
import io.gild.config.Experimental;
import org.jspecify.annotations.Nullable;

/** The agent did not take the request, so that it can be sent again. */
@Experimental
public class A2aUnavailable extends A2aException {

  private static final long serialVersionUID = 1L;

  A2aUnavailable(String message, @Nullable Throwable cause) {
    super(A2aErrorCode.UNAVAILABLE, message, cause);
  }
}

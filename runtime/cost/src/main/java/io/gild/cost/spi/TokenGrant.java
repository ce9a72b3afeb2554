package io.gild.cost.spi;

import io.gild.config.Experimental;
import io.gild.config.Require;

/**
 * The answer to a claim.
 *
 * @param granted whether the request may start now
 * @param waitNanos after how many nanoseconds there is probably room; 0 if it may start now
 */
@Experimental
public record TokenGrant(boolean granted, long waitNanos) {

  /** The request may start now. */
  public static final TokenGrant NOW = new TokenGrant(true, 0);

  /** Checks the values. */
  public TokenGrant {
    Require.atLeast(0, waitNanos, "waitNanos");
  }
}

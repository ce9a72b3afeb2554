package io.gild.cost.spi;

import io.gild.config.Experimental;
import io.gild.config.Require;

/**
 * What a request to a model takes of one limit.
 *
 * @param account names what is limited: the limit and the values that it is {@code per}
 * @param requestsPerMinute how many requests may start in any minute; 0 means any number
 * @param tokensPerMinute how many tokens the requests of any minute may have; 0 means any number
 * @param tokens the most tokens that the request will probably have; a number above the limit takes
 *     all of it
 */
@Experimental
public record TokenClaim(
    String account, long requestsPerMinute, long tokensPerMinute, long tokens) {

  /** Checks the values. */
  public TokenClaim {
    Require.atLeast(0, requestsPerMinute, "requestsPerMinute");
    Require.atLeast(0, tokensPerMinute, "tokensPerMinute");
    Require.atLeast(0, tokens, "tokens");
  }
}

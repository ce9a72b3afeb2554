package io.gild.core;

import io.gild.config.Experimental;

/**
 * What a provider says in an answer about its limits, in requests and tokens of a period, mostly a
 * minute.
 *
 * @param requests the limit of requests; -1 if unknown
 * @param remainingRequests how many requests are left of it now; -1 if unknown
 * @param requestsResetMillis after how many milliseconds all requests are available again; -1 if
 *     unknown
 * @param tokens the limit of tokens; -1 if unknown
 * @param remainingTokens how many tokens are left of it now; -1 if unknown
 * @param tokensResetMillis after how many milliseconds all tokens are available again; -1 if
 *     unknown
 */
@Experimental
public record ProviderLimits(
    long requests,
    long remainingRequests,
    long requestsResetMillis,
    long tokens,
    long remainingTokens,
    long tokensResetMillis) {

  /** A provider that says nothing. */
  public static final ProviderLimits UNKNOWN = new ProviderLimits(-1, -1, -1, -1, -1, -1);

  /**
   * Returns whether anything is known.
   *
   * @return {@code false} if all values are -1
   */
  public boolean isKnown() {
    return !equals(UNKNOWN);
  }
}

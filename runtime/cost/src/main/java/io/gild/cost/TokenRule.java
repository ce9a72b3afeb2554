package io.gild.cost;

import io.gild.core.AgentCall;
import io.gild.core.CostDimension;
import io.gild.cost.spi.TokenClaim;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A token limit as requests use it.
 *
 * @param name its name
 * @param limit the settings
 * @param patterns the requests that are limited
 * @param holders the dimensions of which each value has the full limit
 */
record TokenRule(
    String name,
    TokenLimit limit,
    Map<CostDimension, String> patterns,
    List<CostDimension> holders) {

  TokenRule(String name, TokenLimit limit) {
    this(name, limit, Dimensions.patterns(limit.where()), Dimensions.of(limit.per()));
  }

  /** Returns what a request takes; null if it is not limited. */
  @Nullable TokenClaim claim(AgentCall call, @Nullable String model, long tokens) {
    if (!Dimensions.match(patterns, call, model)) {
      return null;
    }
    String holder = holders.isEmpty() ? "" : "/" + Dimensions.holder(holders, call, model);
    return new TokenClaim(
        name.replace("%", "%25").replace("/", "%2F") + holder,
        number(limit.requestsPerMinute()),
        number(limit.tokensPerMinute()),
        tokens);
  }

  private static long number(@Nullable Long value) {
    return value == null ? 0 : value;
  }
}

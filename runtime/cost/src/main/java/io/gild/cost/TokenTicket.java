package io.gild.cost;

import io.gild.config.Usage;
import io.gild.core.RateLimited;
import io.gild.cost.spi.TokenClaim;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one attempt of a request takes of token limits. Used by the thread that drives its call. */
final class TokenTicket {

  final String id;
  final List<TokenRule> rules;
  final List<TokenClaim> claims;
  final CostEstimate.Estimate estimate;
  final Usage before;

  /** Until when it may wait, in nanoseconds of the runtime's clock. */
  final long deadline;

  boolean started;

  /** Why it has not started. */
  @Nullable RateLimited refusal;

  TokenTicket(
      String id,
      List<TokenRule> rules,
      List<TokenClaim> claims,
      CostEstimate.Estimate estimate,
      Usage before,
      long deadline) {
    this.id = id;
    this.rules = rules;
    this.claims = claims;
    this.estimate = estimate;
    this.before = before;
    this.deadline = deadline;
  }

  List<String> accounts() {
    return claims.stream().map(TokenClaim::account).toList();
  }
}

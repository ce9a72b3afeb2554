package io.gild.cost.spi;

import io.gild.config.Experimental;
import io.gild.config.Require;

/**
 * A request to reserve money of an account.
 *
 * @param account the account
 * @param limitNanoUsd what may be spent and reserved in it, in billionths of a US dollar; {@link
 *     Long#MAX_VALUE} if the claim is never refused
 * @param nanoUsd the amount, in billionths of a US dollar; zero or more
 */
@Experimental
public record BudgetClaim(BudgetAccount account, long limitNanoUsd, long nanoUsd) {

  /** Checks the values. */
  public BudgetClaim {
    Require.atLeast(0, limitNanoUsd, "limitNanoUsd");
    Require.atLeast(0, nanoUsd, "nanoUsd");
  }
}

package io.gild.cost.spi;

import io.gild.config.Experimental;
import io.gild.config.Require;

/**
 * A change of an account: reserved money that is free again, and money that was spent.
 *
 * @param account the account
 * @param releasedNanoUsd the part of a reservation that ends, in billionths of a US dollar; zero or
 *     more
 * @param spentNanoUsd what was spent, in billionths of a US dollar; zero or more
 */
@Experimental
public record BudgetSettlement(BudgetAccount account, long releasedNanoUsd, long spentNanoUsd) {

  /** Checks the values. */
  public BudgetSettlement {
    Require.atLeast(0, releasedNanoUsd, "releasedNanoUsd");
    Require.atLeast(0, spentNanoUsd, "spentNanoUsd");
  }
}

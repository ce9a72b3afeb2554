package io.gild.cost;

import io.gild.config.Experimental;

/**
 * Counts tokens and money of each call.
 *
 * @param budget name of the budget that is charged; empty means none
 * @param model model whose price applies when a call does not report one; empty means unknown
 */
@Experimental
public record CostPolicy(String budget, String model) {

  /** Returns whether no budget refuses a call. */
  boolean isUnlimited() {
    return budget.isEmpty();
  }

  /** Returns a policy that counts the same money and refuses no call. */
  CostPolicy withoutBudget() {
    return new CostPolicy("", model);
  }
}

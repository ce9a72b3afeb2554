package io.gild.cost;

import io.gild.config.Experimental;

/**
 * Charges the calls of a method to the budgets that are for them.
 *
 * @param refuse whether a call is refused when its budget is spent
 */
@Experimental
public record SpendingPolicy(boolean refuse) {

  /** Returns a policy that counts the same money and refuses no call. */
  SpendingPolicy counting() {
    return new SpendingPolicy(false);
  }

  /** Returns whether no call is refused. */
  boolean isCounting() {
    return !refuse;
  }
}

package io.gild.cost.spi;

import io.gild.config.Experimental;
import java.time.Instant;

/**
 * The money of one holder in one window of a budget. A later window is another account, so that
 * windows never mix. Immutable.
 *
 * @param budget name of the budget
 * @param holder who has the money: the values that the budget is {@code per}, with a slash between
 *     them; empty if all callers share it
 * @param start start of the window, inclusive
 * @param end end of the window, exclusive; a store may forget the account some time later
 */
@Experimental
public record BudgetAccount(String budget, String holder, Instant start, Instant end) {

  /** Checks the values. */
  public BudgetAccount {
    if (!end.isAfter(start)) {
      throw new IllegalArgumentException("end must be after start " + start + ", but is " + end);
    }
  }
}

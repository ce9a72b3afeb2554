package io.gild.cost.spi;

import io.gild.config.Experimental;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a reservation.
 *
 * @param refused the first account without enough money, in which case nothing was reserved; {@code
 *     null} if all claims were granted
 * @param balances what is spent and reserved of each claimed account now, in the order of the
 *     claims
 */
@Experimental
public record BudgetReply(@Nullable BudgetAccount refused, List<BudgetBalance> balances) {

  /** Copies the list. */
  public BudgetReply {
    balances = List.copyOf(balances);
  }

  /**
   * Returns whether the money is reserved.
   *
   * @return {@code false} if nothing was reserved
   */
  public boolean granted() {
    return refused == null;
  }
}

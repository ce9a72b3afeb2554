package io.gild.cost.spi;

import io.gild.config.Experimental;
import java.util.List;

/**
 * Keeps what is spent and reserved of budgets. Thread-safe.
 *
 * <p>All amounts are billionths of a US dollar; sums that would exceed {@link Long#MAX_VALUE} stay
 * there. Accounts are made by their first use. If a store cannot be reached, its methods throw a
 * {@link RuntimeException}: the call that asked is then neither refused nor charged, and the log
 * says so.
 */
@Experimental
public interface BudgetStore extends AutoCloseable {

  /**
   * Reserves money in all of several accounts or, if one of them has too little, in none. A claim
   * is granted if its account has any money that is neither spent nor reserved, and at least as
   * much as claimed.
   *
   * @param id names the reservation; a store that several JVMs share may end a reservation whose
   *     JVM died
   * @param claims at most one for each account; not empty
   * @return whether the money is reserved, and the balances
   */
  BudgetReply reserve(String id, List<BudgetClaim> claims);

  /**
   * Ends parts of a reservation and charges what was spent. What was spent is charged in full, even
   * if it exceeds the limit or the reservation.
   *
   * @param id names the reservation
   * @param settlements at most one for each account; not empty
   * @return the balances afterwards, in the same order
   */
  List<BudgetBalance> settle(String id, List<BudgetSettlement> settlements);

  /**
   * Returns the balance of an account.
   *
   * @param account the account
   * @return its balance; zero if it was never used
   */
  BudgetBalance balance(BudgetAccount account);

  /**
   * Returns the accounts of a budget whose windows are not over.
   *
   * @param budget name of the budget
   * @param most how many to return at most; above zero
   * @return those that spent most, in descending order
   */
  List<BudgetBalance> balances(String budget, int most);

  /**
   * Records that an account reached a share of its limit, so that it is reported once.
   *
   * @param account the account
   * @param percent the share, from 1 to 100
   * @return whether this is the first time
   */
  boolean announce(BudgetAccount account, int percent);

  /** Ends the use of the store; what was spent is kept where the store keeps it. */
  @Override
  void close();
}

package io.gild.cost;

import io.gild.cost.spi.BudgetAccount;
import io.gild.cost.spi.BudgetStore;
import org.jspecify.annotations.Nullable;

/**
 * Money of one account that is reserved for a call. A request inside of the call takes its part
 * from there, and gives back what it did not spend. Thread-safe.
 */
final class Hold {

  private final BudgetRule rule;
  private final BudgetAccount account;
  private final BudgetStore store;
  private final @Nullable Hold outer;
  private long left;
  private boolean over;

  /** Whether a request inside of the call has taken money from here. */
  private volatile boolean shared;

  /**
   * @param nanoUsd the amount that is reserved
   * @param outer where the rest goes in the end; null if it is released
   */
  Hold(
      BudgetRule rule,
      BudgetAccount account,
      BudgetStore store,
      long nanoUsd,
      @Nullable Hold outer) {
    this.rule = rule;
    this.account = account;
    this.store = store;
    this.left = nanoUsd;
    this.outer = outer;
    if (outer != null) {
      outer.shared = true;
    }
  }

  BudgetRule rule() {
    return rule;
  }

  BudgetAccount account() {
    return account;
  }

  /** Returns whether a request inside of the call has a reservation of its own from here. */
  boolean isShared() {
    return shared;
  }

  BudgetStore store() {
    return store;
  }

  @Nullable Hold outer() {
    return outer;
  }

  /**
   * Returns whether the money is that of a budget and of an account's holder, in any window. Each
   * call with a budget by run is a holder, so that calls inside of it have none of their own.
   */
  boolean isOf(BudgetRule other, BudgetAccount of) {
    return rule.name().equals(other.name())
        && (rule.period() instanceof BudgetPeriod.Run || account.holder().equals(of.holder()));
  }

  /** Takes up to an amount out of what is reserved; returns how much. */
  synchronized long take(long nanoUsd) {
    long taken = Math.min(left, nanoUsd);
    left -= taken;
    return taken;
  }

  /** Adds reserved money; returns false if the call is over, so that it must be released. */
  synchronized boolean give(long nanoUsd) {
    if (over) {
      return false;
    }
    left += nanoUsd;
    return true;
  }

  /** Returns what is reserved and not spent. */
  synchronized long left() {
    return left;
  }

  /** Ends the reservation; returns what has to be released. A second end returns zero. */
  long end() {
    long rest;
    synchronized (this) {
      over = true;
      rest = left;
      left = 0;
    }
    return rest > 0 && outer != null && outer.give(rest) ? 0 : rest;
  }
}

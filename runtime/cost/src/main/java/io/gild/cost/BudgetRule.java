package io.gild.cost;

import io.gild.config.Glob;
import io.gild.core.AgentCall;
import io.gild.core.CostDimension;
import io.gild.core.MethodSpec;
import io.gild.cost.spi.BudgetAccount;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A budget as calls use it.
 *
 * @param name name of its accounts
 * @param budget the settings
 * @param period the period
 * @param holders the dimensions of which each value has the full amount
 * @param patterns the calls that are charged, unless methods name the budget
 * @param limitNanoUsd the limit in billionths of a US dollar
 */
record BudgetRule(
    String name,
    Budget budget,
    BudgetPeriod period,
    List<CostDimension> holders,
    Map<CostDimension, String> patterns,
    long limitNanoUsd) {

  BudgetRule(String name, Budget budget) {
    this(
        name,
        budget,
        BudgetPeriod.of(budget.period()),
        budget.holders(),
        budget.patterns(),
        nanoUsd(budget.limit()));
  }

  private static long nanoUsd(BigDecimal usd) {
    return usd.movePointRight(9).min(BigDecimal.valueOf(Long.MAX_VALUE - 1)).longValue();
  }

  /** Returns whether the budget depends on the model, so that each request is charged by itself. */
  boolean isOfRequests() {
    return holders.stream().anyMatch(Dimensions.OF_REQUESTS::contains)
        || patterns.keySet().stream().anyMatch(Dimensions.OF_REQUESTS::contains);
  }

  /** Returns whether only methods that name the budget are charged. */
  boolean isNamed() {
    return patterns.isEmpty();
  }

  /** Returns the account of the same holder in the present window. */
  BudgetAccount present(BudgetAccount account, Instant now) {
    if (period instanceof BudgetPeriod.Run) {
      return account;
    }
    BudgetPeriod.Window window = period.at(now, budget.timeZone());
    return new BudgetAccount(name, account.holder(), window.start(), window.end());
  }

  /** Returns whether calls of a method may be charged; requests to models may come from any. */
  boolean mayConcern(MethodSpec spec) {
    if (spec.kind().isModel()) {
      return true;
    }
    for (CostDimension dimension : Dimensions.OF_METHODS) {
      String pattern = patterns.get(dimension);
      if (pattern != null && !Glob.matches(pattern, Dimensions.ofMethod(dimension, spec))) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether a call is charged. */
  boolean concerns(AgentCall call, @Nullable String model) {
    return Dimensions.match(patterns, call, model);
  }

  /** Returns the account that a call is charged to. */
  BudgetAccount account(AgentCall call, @Nullable String model, Instant now) {
    BudgetPeriod.Window window = period.at(now, budget.timeZone());
    return new BudgetAccount(name, holder(call, model), window.start(), window.end());
  }

  private String holder(AgentCall call, @Nullable String model) {
    return period instanceof BudgetPeriod.Run
        ? "call " + call.number()
        : Dimensions.holder(holders, call, model);
  }
}

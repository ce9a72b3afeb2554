package io.gild.cost;

import io.gild.config.Glob;
import io.gild.core.AgentCall;
import io.gild.core.CostDimension;
import io.gild.core.MethodSpec;
import io.gild.cost.spi.BudgetAccount;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** What is known of a request to a model, and not of the call around it. */
  private static final Set<CostDimension> OF_REQUESTS =
      EnumSet.of(CostDimension.PROVIDER, CostDimension.MODEL, CostDimension.TIER);

  private static final Set<CostDimension> OF_METHODS =
      EnumSet.of(CostDimension.AGENT, CostDimension.METHOD, CostDimension.VERSION);

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
    return holders.stream().anyMatch(OF_REQUESTS::contains)
        || patterns.keySet().stream().anyMatch(OF_REQUESTS::contains);
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
    for (CostDimension dimension : OF_METHODS) {
      String pattern = patterns.get(dimension);
      if (pattern != null && !Glob.matches(pattern, ofMethod(dimension, spec))) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether a call is charged. */
  boolean concerns(AgentCall call, @Nullable String model) {
    for (Map.Entry<CostDimension, String> each : patterns.entrySet()) {
      if (!Glob.matches(each.getValue(), value(each.getKey(), call, model))) {
        return false;
      }
    }
    return true;
  }

  /** Returns the account that a call is charged to. */
  BudgetAccount account(AgentCall call, @Nullable String model, Instant now) {
    BudgetPeriod.Window window = period.at(now, budget.timeZone());
    return new BudgetAccount(name, holder(call, model), window.start(), window.end());
  }

  private String holder(AgentCall call, @Nullable String model) {
    if (period instanceof BudgetPeriod.Run) {
      return "call " + call.number();
    }
    if (holders.size() == 1) {
      return value(holders.get(0), call, model);
    }
    StringBuilder text = new StringBuilder();
    for (CostDimension each : holders) {
      String value = value(each, call, model);
      // A slash inside of a value must not make it that of two.
      text.append(text.isEmpty() ? "" : "/").append(value.replace("%", "%25").replace("/", "%2F"));
    }
    return text.toString();
  }

  private static String value(CostDimension dimension, AgentCall call, @Nullable String model) {
    if (dimension.isLabel()) {
      return call.label(dimension);
    }
    if (OF_METHODS.contains(dimension)) {
      return ofMethod(dimension, call.outermost().method().spec());
    }
    String value =
        switch (dimension) {
          case MODEL -> model;
          case PROVIDER -> call.provider();
          default -> call.routedTier();
        };
    return value == null ? "" : value;
  }

  private static String ofMethod(CostDimension dimension, MethodSpec spec) {
    return switch (dimension) {
      case AGENT -> spec.agent();
      case METHOD -> spec.id();
      default -> spec.version();
    };
  }
}

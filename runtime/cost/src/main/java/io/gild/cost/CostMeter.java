package io.gild.cost;

import io.gild.config.Experimental;
import io.gild.core.Counts.Event;
import io.gild.core.spi.MeterSpec;
import java.util.Arrays;
import java.util.List;

/** The meters of cache, routing and budgets. */
@Experimental
public enum CostMeter {
  /** Lookups of the cache. */
  CACHE(
      MeterSpec.counter("gild.cache.requests", "Lookups of the cache by result")
          .ofMethods()
          .counting(Event.CACHE_HIT, "hit")
          .counting(Event.CACHE_MISS, "miss")
          .counting(Event.CACHE_SHARED, "shared")),
  /** Lookups of the semantic cache. */
  SEMANTIC(
      MeterSpec.counter("gild.cache.semantic", "Lookups of the semantic cache by result")
          .ofMethods("result")),
  /** Wrong answers of the semantic cache. */
  WRONG(
      MeterSpec.gauge(
              "gild.cache.wrong",
              "Share of requests that the semantic cache answered wrongly, as explored hits show it: the estimate, its bounds of 95 %, and what is allowed")
          .highest()
          .ofMethods("bound")),
  /** Calls refused by the budget. */
  BUDGET_REFUSED(
      MeterSpec.counter("gild.budget.refused", "Calls refused because the budget was spent")
          .ofMethods()
          .counting(Event.BUDGET_REFUSED)),
  /** The limit of a budget. */
  BUDGET_LIMIT(
      MeterSpec.gauge("gild.budget.limit", "US dollars that a budget allows in each period")
          .in("usd")
          .highest()
          .by("agent", "budget", "period")),
  /** What is spent of a budget. */
  BUDGET_SPENT(
      MeterSpec.gauge(
              "gild.budget.spent",
              "US dollars spent of a budget in the present period, by the tenant that spent most")
          .in("usd")
          .highest()
          .by("agent", "budget", "period")),
  /** Parts of budgets that were reached. */
  BUDGET_ALERTS(
      MeterSpec.counter(
              "gild.budget.alerts",
              "Times that a share of a budget was reached, by the share in percent")
          .by("budget", "percent"));

  private final MeterSpec spec;

  CostMeter(MeterSpec spec) {
    this.spec = spec;
  }

  /**
   * Returns the declaration.
   *
   * @return the meter
   */
  public MeterSpec spec() {
    return spec;
  }

  static List<MeterSpec> specs() {
    return Arrays.stream(values()).map(CostMeter::spec).toList();
  }
}

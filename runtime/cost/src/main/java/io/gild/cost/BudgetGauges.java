package io.gild.cost;

import io.gild.core.spi.Control;
import io.gild.core.spi.StageContext;
import io.gild.cost.spi.BudgetBalance;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows what is spent of budgets, in meters and on the console. */
final class BudgetGauges {

  private static final int MOST_CONTROLS = 20;
  private static final double NANOS_PER_USD = 1e9;

  private BudgetGauges() {}

  /** Publishes limit and spent amount of a budget. */
  static void publish(StageContext context, BudgetStage stage, BudgetRule rule) {
    String[] tags = {rule.name(), rule.budget().period()};
    double limit = rule.budget().limit().doubleValue();
    context.publish(CostMeter.BUDGET_LIMIT.spec(), stage, owner -> limit, tags);
    context.publish(CostMeter.BUDGET_SPENT.spec(), stage, owner -> spentUsd(owner, rule), tags);
  }

  /** Returns the highest amount spent in the present windows. */
  private static double spentUsd(BudgetStage stage, BudgetRule rule) {
    List<BudgetBalance> first = stage.budgets().store(rule).balances(rule.name(), 1);
    return first.isEmpty() ? 0 : first.get(0).spentNanoUsd() / NANOS_PER_USD;
  }

  /** Returns what people see of the budgets of a method. */
  static List<Control> controls(StageContext context, BudgetStage stage) {
    List<Control> controls = new ArrayList<>();
    for (BudgetRule rule : stage.rules()) {
      for (BudgetBalance each : stage.budgets().store(rule).balances(rule.name(), MOST_CONTROLS)) {
        controls.add(control(context, rule, each));
      }
    }
    return controls;
  }

  private static Control control(StageContext context, BudgetRule rule, BudgetBalance each) {
    BigDecimal limit = rule.budget().limit();
    BigDecimal spent = BigDecimal.valueOf(each.spentNanoUsd(), 9).stripTrailingZeros();
    double share = Math.min(1e6, spent.doubleValue() / limit.doubleValue());
    String period = rule.budget().period();
    String holder = each.account().holder();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("limitUsd", limit);
    facts.put("spentUsd", spent);
    facts.put("reservedUsd", BigDecimal.valueOf(each.reservedNanoUsd(), 9).stripTrailingZeros());
    facts.put("usedShare", Math.round(share * 1e4) / 1e4);
    facts.put("period", period);
    facts.put("until", each.account().end().toString());
    if (!holder.isEmpty()) {
      facts.put("tenant", holder);
    }
    return new Control(
        "budget",
        holder.isEmpty() ? rule.name() : rule.name() + " of " + holder,
        context.spec().agent(),
        context.spec().methodName(),
        spent.compareTo(limit) >= 0 ? "spent" : "open",
        "%s of %s USD spent in this period of %s"
            .formatted(spent.toPlainString(), limit.toPlainString(), period),
        facts,
        List.of());
  }
}

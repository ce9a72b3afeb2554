package io.gild.cost;

import io.gild.core.CallKind;
import io.gild.core.CostDimension;
import io.gild.core.GildLog;
import io.gild.core.MethodSpec;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes {@link BudgetStage}s of methods that budgets are for; money is also counted without one,
 * where tokens are recorded.
 */
final class BudgetProvider implements StageProvider {

  @Override
  public Phase phase() {
    return Phase.COST;
  }

  @Override
  public Class<SpendingPolicy> policy() {
    return SpendingPolicy.class;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    SpendingPolicy spending = context.policies().get(SpendingPolicy.class);
    CostPolicy cost = context.policies().get(CostPolicy.class);
    if (context.spec().kind() == CallKind.TOOL || spending == null) {
      return null;
    }
    List<BudgetRule> rules = general(context);
    BudgetRule own = cost == null || cost.budget().isEmpty() ? null : named(cost, context);
    if (own != null && rules.stream().noneMatch(rule -> rule.name().equals(own.name()))) {
      rules.add(0, own);
    }
    // A request takes its money from what the call around it has reserved.
    boolean inner =
        context.spec().kind().isModel()
            && !context.runtime().settings().get(Budget.SECTION).isEmpty();
    return rules.isEmpty() && !inner
        ? null
        : new BudgetStage(cost, rules, spending.refuse(), context);
  }

  /** Returns the budgets that choose their calls. */
  private static List<BudgetRule> general(StageContext context) {
    List<BudgetRule> rules = new ArrayList<>();
    for (Map.Entry<String, Budget> each :
        context.runtime().settings().get(Budget.SECTION).entrySet()) {
      if (!each.getValue().where().isEmpty()) {
        BudgetRule rule = new BudgetRule(each.getKey(), each.getValue());
        if (rule.mayConcern(context.spec())) {
          rules.add(rule);
        }
      }
    }
    return rules;
  }

  /** Returns the budget that a method names; null if there is none. */
  private static @Nullable BudgetRule named(CostPolicy policy, StageContext context) {
    Budget common = context.runtime().settings().get(Budget.SECTION).get(policy.budget());
    Budget own = context.settings().get(Budget.SECTION).get(policy.budget());
    Budget budget = own == null || own.equals(common) ? common : own;
    if (budget == null) {
      GildLog.info(
          context.spec().id() + " names budget " + policy.budget() + ", which is not configured.");
      return null;
    }
    if (budget.holders().contains(CostDimension.TENANT)
        && context.spec().indexOf(MethodSpec.Role.TENANT) < 0) {
      GildLog.infoOnce(
          context.spec().id()
              + " names budget "
              + policy.budget()
              + ", which is per tenant, but no parameter is marked @Tenant: calls without a label"
              + " share one amount.");
    }
    // All versions of an agent spend the same money, unless a version changes the budget.
    String name = policy.budget();
    return new BudgetRule(
        budget.equals(common) ? name : name + " of version " + context.spec().version(), budget);
  }
}

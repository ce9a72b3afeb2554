package io.gild.cost;

import io.gild.core.GildLog;
import io.gild.core.HostClasses;
import io.gild.core.MethodSpec;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import org.jspecify.annotations.Nullable;

/** Makes {@link BudgetStage}s; money is also counted without one, where tokens are recorded. */
final class BudgetProvider implements StageProvider {

  @Override
  public Phase phase() {
    return Phase.COST;
  }

  @Override
  public Class<CostPolicy> policy() {
    return CostPolicy.class;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    CostPolicy policy = context.policies().get(CostPolicy.class);
    if (policy == null) {
      return null;
    }
    if (policy.budget().isEmpty()) {
      return HostClasses.attached() ? null : new UnseenTokens(context);
    }
    Budget common = context.runtime().settings().get(Budget.SECTION).get(policy.budget());
    Budget own = context.settings().get(Budget.SECTION).get(policy.budget());
    Budget budget = own == null || own.equals(common) ? common : own;
    if (budget == null) {
      GildLog.info(
          context.spec().id() + " names budget " + policy.budget() + ", which is not configured.");
      return null;
    }
    if (budget.per() == Budget.Per.TENANT && context.spec().indexOf(MethodSpec.Role.TENANT) < 0) {
      GildLog.infoOnce(
          context.spec().id()
              + " names budget "
              + policy.budget()
              + ", which is per tenant, but no parameter is marked @Tenant: all callers"
              + " share one amount.");
    }
    return new BudgetStage(
        policy, budget, account(policy, budget.equals(common), context), context);
  }

  /**
   * Returns the name of the account: all versions of an agent spend the same money, unless the
   * settings of a version change the budget.
   */
  private static String account(CostPolicy policy, boolean common, StageContext context) {
    return common ? policy.budget() : policy.budget() + " of version " + context.spec().version();
  }
}

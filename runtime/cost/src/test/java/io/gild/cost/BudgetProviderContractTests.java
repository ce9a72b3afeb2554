package io.gild.cost;

import io.gild.config.Policies;
import io.gild.core.spi.StageProvider;
import io.gild.testkit.StageProviderContract;

class BudgetProviderContractTests extends StageProviderContract {

  @Override
  protected StageProvider provider() {
    return new BudgetProvider();
  }

  @Override
  protected Policies policies() {
    return Policies.of(new CostPolicy("", ""));
  }
}

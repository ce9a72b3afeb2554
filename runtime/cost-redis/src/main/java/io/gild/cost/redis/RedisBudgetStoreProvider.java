package io.gild.cost.redis;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.core.RuntimeScope;
import io.gild.cost.spi.BudgetStore;
import io.gild.cost.spi.BudgetStoreProvider;

/** Opens the store {@code redis} of budgets, at the server of {@code budget-accounts.redis}. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(BudgetStoreProvider.class)
public final class RedisBudgetStoreProvider implements BudgetStoreProvider {

  /** Creates the provider; the service loader does. */
  public RedisBudgetStoreProvider() {}

  @Override
  public String name() {
    return "redis";
  }

  /** Opens the store; it connects when it is used, so that Redis may start later. */
  @Override
  public BudgetStore open(RuntimeScope runtime) {
    return new RedisBudgetStore(runtime.settings().get(RedisCost.SECTION), runtime.clock());
  }
}

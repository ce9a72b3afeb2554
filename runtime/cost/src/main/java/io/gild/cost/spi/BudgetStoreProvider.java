package io.gild.cost.spi;

import io.gild.config.Experimental;
import io.gild.core.RuntimeScope;

/** Opens stores of budgets of one kind; found by {@link java.util.ServiceLoader}. */
@Experimental
public interface BudgetStoreProvider {

  /**
   * Returns the name that the settings use.
   *
   * @return a name such as {@code redis}, in {@code budget-accounts.store}
   */
  String name();

  /**
   * Opens the store.
   *
   * @param runtime has the settings and the clock
   * @return the store, of the runtime alone
   */
  BudgetStore open(RuntimeScope runtime);
}

package io.gild.cost;

import io.gild.core.GildLog;
import io.gild.core.RuntimeScope;
import io.gild.core.spi.Clock;
import io.gild.cost.spi.BudgetStore;
import io.gild.cost.spi.BudgetStoreProvider;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** Opens the store that the settings name. */
final class BudgetStores {

  private static final String FOLDER = "budgets";

  private BudgetStores() {}

  static BudgetStore open(RuntimeScope runtime) {
    BudgetSettings settings = runtime.settings().get(BudgetSettings.SECTION);
    // The calls of a simulation, whose clock is not that of the machine, spend no real money.
    boolean kept = runtime.clock() == Clock.SYSTEM;
    if (settings.store().equals(BudgetSettings.IN_PROCESS) || !kept) {
      return new InProcessBudgetStore(runtime.clock(), settings.most(), null);
    }
    if (settings.store().equals(BudgetSettings.FOLDER)) {
      BudgetJournal journal = new BudgetJournal(runtime.settings().data().resolve(FOLDER));
      return new InProcessBudgetStore(runtime.clock(), settings.most(), journal);
    }
    TreeSet<String> names = new TreeSet<>();
    names.add(BudgetSettings.FOLDER);
    names.add(BudgetSettings.IN_PROCESS);
    for (BudgetStoreProvider each :
        ServiceLoader.load(BudgetStoreProvider.class, BudgetStoreProvider.class.getClassLoader())) {
      names.add(each.name());
      if (each.name().equals(settings.store())) {
        return each.open(runtime);
      }
    }
    GildLog.infoOnce(
        "budget-accounts.store names "
            + settings.store()
            + ", which is not on the class path: the accounts are kept in this JVM. Use one of "
            + String.join(", ", names)
            + ".");
    return new InProcessBudgetStore(runtime.clock(), settings.most(), null);
  }
}

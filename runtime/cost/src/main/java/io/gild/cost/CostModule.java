package io.gild.cost;

import io.gild.core.spi.StageProvider;
import java.util.List;

/** The stages of this module, for those who build a runtime by hand. */
public final class CostModule {

  private CostModule() {}

  /**
   * Returns the providers that the service loader finds as well.
   *
   * @return one provider per policy
   */
  public static List<StageProvider> providers() {
    return List.of(new CacheProvider(), new RouteProvider(), new BudgetProvider());
  }
}

package io.gild.observability;

import io.gild.config.Policies;
import io.gild.core.spi.StageProvider;
import io.gild.testkit.StageProviderContract;

class ObserveProviderContractTests extends StageProviderContract {

  @Override
  protected StageProvider provider() {
    return new ObserveProvider();
  }

  @Override
  protected Policies policies() {
    return Policies.of(new ObservePolicy(true, true, true, false));
  }
}

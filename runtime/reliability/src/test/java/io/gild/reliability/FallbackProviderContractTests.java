package io.gild.reliability;

import io.gild.config.Policies;
import io.gild.core.spi.StageProvider;
import io.gild.testkit.StageProviderContract;

class FallbackProviderContractTests extends StageProviderContract {

  @Override
  protected StageProvider provider() {
    return new FallbackProvider();
  }

  @Override
  protected Policies policies() {
    return Policies.of(new FallbackPolicy("nowhere", ""));
  }
}

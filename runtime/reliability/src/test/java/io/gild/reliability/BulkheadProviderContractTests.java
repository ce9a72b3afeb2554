package io.gild.reliability;

import io.gild.config.Policies;
import io.gild.core.spi.StageProvider;
import io.gild.testkit.StageProviderContract;
import java.time.Duration;

class BulkheadProviderContractTests extends StageProviderContract {

  @Override
  protected StageProvider provider() {
    return new BulkheadProvider();
  }

  @Override
  protected Policies policies() {
    return Policies.of(new BulkheadPolicy(2, Duration.ZERO));
  }
}

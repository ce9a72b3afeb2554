package io.gild.reliability;

import io.gild.config.Policies;
import io.gild.core.spi.StageProvider;
import io.gild.testkit.StageProviderContract;
import java.time.Duration;
import java.util.List;

class RetryProviderContractTests extends StageProviderContract {

  @Override
  protected StageProvider provider() {
    return new RetryProvider();
  }

  @Override
  protected Policies policies() {
    return Policies.of(
        new RetryPolicy(1, Duration.ZERO, 1, Duration.ZERO, 0, List.of(), List.of()));
  }
}

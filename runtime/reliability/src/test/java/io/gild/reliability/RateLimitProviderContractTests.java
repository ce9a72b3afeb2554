package io.gild.reliability;

import io.gild.config.Policies;
import io.gild.core.spi.StageProvider;
import io.gild.testkit.StageProviderContract;
import java.time.Duration;

class RateLimitProviderContractTests extends StageProviderContract {

  @Override
  protected StageProvider provider() {
    return new RateLimitProvider();
  }

  @Override
  protected Policies policies() {
    return Policies.of(new RateLimitPolicy(100, Duration.ofHours(1), Duration.ZERO));
  }
}

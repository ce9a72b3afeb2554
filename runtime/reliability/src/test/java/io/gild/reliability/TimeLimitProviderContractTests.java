package io.gild.reliability;

import io.gild.config.Policies;
import io.gild.core.spi.StageProvider;
import io.gild.testkit.StageProviderContract;
import java.time.Duration;

class TimeLimitProviderContractTests extends StageProviderContract {

  @Override
  protected StageProvider provider() {
    return new TimeLimitProvider();
  }

  @Override
  protected Policies policies() {
    return Policies.of(new TimeLimitPolicy(Duration.ofMinutes(1), true));
  }
}

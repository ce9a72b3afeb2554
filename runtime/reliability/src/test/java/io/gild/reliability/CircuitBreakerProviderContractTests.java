package io.gild.reliability;

import io.gild.config.Policies;
import io.gild.core.spi.StageProvider;
import io.gild.testkit.StageProviderContract;
import java.time.Duration;
import java.util.List;

class CircuitBreakerProviderContractTests extends StageProviderContract {

  @Override
  protected StageProvider provider() {
    return new CircuitBreakerProvider();
  }

  @Override
  protected Policies policies() {
    return Policies.of(new CircuitBreakerPolicy(50, 10, 10, Duration.ofSeconds(1), 1, List.of()));
  }
}

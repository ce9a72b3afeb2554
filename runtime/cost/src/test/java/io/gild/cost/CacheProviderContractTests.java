package io.gild.cost;

import io.gild.config.Policies;
import io.gild.core.spi.StageProvider;
import io.gild.testkit.StageProviderContract;
import java.time.Duration;
import java.util.List;

class CacheProviderContractTests extends StageProviderContract {

  @Override
  protected StageProvider provider() {
    return new CacheProvider();
  }

  @Override
  protected Policies policies() {
    return Policies.of(new CachePolicy(Duration.ofHours(1), 100, List.of(), false));
  }
}

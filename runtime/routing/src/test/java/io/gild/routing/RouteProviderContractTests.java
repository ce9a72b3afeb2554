package io.gild.routing;

import io.gild.config.Policies;
import io.gild.core.spi.StageProvider;
import io.gild.testkit.StageProviderContract;
import java.util.List;

class RouteProviderContractTests extends StageProviderContract {

  @Override
  protected StageProvider provider() {
    return new RouteProvider();
  }

  @Override
  protected Policies policies() {
    return Policies.of(new RoutePolicy(RoutePolicy.Strategy.FIXED, List.of()));
  }
}

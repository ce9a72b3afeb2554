package io.gild.traffic;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.operations.RolloutException;
import io.gild.operations.spi.TrafficEngine;
import io.gild.operations.spi.TrafficEngineProvider;
import java.nio.file.Path;
import java.util.Map;

/** The engine {@code kubernetes}; its options are the components of {@link GatewaySettings}. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(TrafficEngineProvider.class)
public final class GatewayProvider implements TrafficEngineProvider {

  /** Creates the provider; the service loader does. */
  public GatewayProvider() {}

  @Override
  public String name() {
    return "kubernetes";
  }

  @Override
  public TrafficEngine create(Map<String, Object> options, Path base) throws RolloutException {
    return new GatewayTraffic(
        TrafficOptions.bind(GatewaySettings.class, name(), options, Map.of()), base);
  }
}

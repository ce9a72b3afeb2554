package io.gild.traffic;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.operations.spi.TelemetrySource;
import io.gild.operations.spi.TrafficEngine;
import io.gild.operations.spi.TrafficEngineProvider;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The engine {@code haproxy}; its options are the components of {@link HaproxySettings}. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(TrafficEngineProvider.class)
public final class HaproxyProvider implements TrafficEngineProvider {

  private static final Map<String, String> DEFAULTS =
      Map.of("stable", "stable", "canary", "canary");

  /** Creates the provider; the service loader does. */
  public HaproxyProvider() {}

  @Override
  public String name() {
    return "haproxy";
  }

  @Override
  public TrafficEngine create(Map<String, Object> options, Path base) {
    return new HaproxyTraffic(settings(options), base);
  }

  @Override
  public Optional<TelemetrySource> telemetry(Map<String, Object> options, Path base) {
    return Optional.of(new HaproxyTelemetry(settings(options), base));
  }

  private HaproxySettings settings(Map<String, Object> options) {
    return TrafficOptions.bind(HaproxySettings.class, name(), options, DEFAULTS);
  }
}

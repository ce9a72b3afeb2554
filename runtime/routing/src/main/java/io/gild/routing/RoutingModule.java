package io.gild.routing;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.PolicyType;
import io.gild.config.Section;
import io.gild.config.spi.SettingsModule;
import io.gild.core.spi.GildModule;
import io.gild.core.spi.MeterSpec;
import io.gild.core.spi.StageProvider;
import java.util.List;

/** Routing over model tiers. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class RoutingModule implements GildModule {

  /** Creates the module; the service loader does. */
  public RoutingModule() {}

  @Override
  public String name() {
    return "routing";
  }

  @Override
  public List<Section<?>> sections() {
    return List.of(RoutingSettings.SECTION);
  }

  @Override
  public List<PolicyType<?>> policies() {
    return List.of(
        PolicyType.of("route", RoutePolicy.class)
            .annotation("io.gild.annotations.Routed")
            .naming("tiers", "tiers", "tier"));
  }

  @Override
  public List<MeterSpec> meters() {
    return RoutingMeter.specs();
  }

  @Override
  public List<StageProvider> stages() {
    return List.of(new RouteProvider());
  }
}

package io.gild.orchestration;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.Section;
import io.gild.config.spi.SettingsModule;
import io.gild.core.spi.GildModule;
import io.gild.core.spi.MeterSpec;
import java.util.List;

/** Runs of several agents. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class OrchestrationModule implements GildModule {

  /** Creates the module; the service loader does. */
  public OrchestrationModule() {}

  @Override
  public String name() {
    return "orchestration";
  }

  @Override
  public List<MeterSpec> meters() {
    return OrchestrationMeter.specs();
  }

  @Override
  public List<Section<?>> sections() {
    return List.of(OrchestrationSettings.SECTION);
  }
}

package io.gild.coordination;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.Section;
import io.gild.config.spi.SettingsModule;
import io.gild.core.spi.GildModule;
import io.gild.core.spi.MeterSpec;
import java.util.List;

/** Messages between agents. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class CoordinationModule implements GildModule {

  /** Creates the module; the service loader does. */
  public CoordinationModule() {}

  @Override
  public String name() {
    return "coordination";
  }

  @Override
  public List<MeterSpec> meters() {
    return CoordinationMeter.specs();
  }

  @Override
  public List<Section<?>> sections() {
    return List.of(CoordinationSettings.SECTION);
  }
}

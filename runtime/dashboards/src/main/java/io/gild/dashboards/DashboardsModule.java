package io.gild.dashboards;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.Section;
import io.gild.config.spi.SettingsModule;
import io.gild.core.spi.GildModule;
import java.util.List;

/** Dashboards and alert rules. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class DashboardsModule implements GildModule {

  /** Creates the module; the service loader does. */
  public DashboardsModule() {}

  @Override
  public String name() {
    return "dashboards";
  }

  @Override
  public List<Section<?>> sections() {
    return List.of(SloSettings.SECTION);
  }
}

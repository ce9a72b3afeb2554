package io.gild.dashboards;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.spi.SettingsModule;
import io.gild.core.spi.GildModule;

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
}

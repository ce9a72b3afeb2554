package io.gild.smoke;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.Section;
import io.gild.config.spi.SettingsModule;
import java.util.List;

/** Adds the settings of smoke tests; adds nothing to a run-time pipeline. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class SmokeModule implements SettingsModule {

  /** Creates the module; the service loader does. */
  public SmokeModule() {}

  @Override
  public String name() {
    return "smoke";
  }

  @Override
  public List<Section<?>> sections() {
    return List.of(SmokeSettings.SECTION);
  }
}

package io.gild.gates;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.Section;
import io.gild.config.spi.SettingsModule;
import java.util.List;

/** Quality gates; the module has settings, but no part in the run-time pipeline. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class GatesModule implements SettingsModule {

  /** Creates the module; the service loader does. */
  public GatesModule() {}

  @Override
  public String name() {
    return "gates";
  }

  @Override
  public List<Section<?>> sections() {
    return List.of(Gates.SECTION);
  }
}

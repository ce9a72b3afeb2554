package io.gild.versions;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.spi.SettingsModule;
import io.gild.core.spi.ContextCarrier;
import io.gild.core.spi.GildModule;
import java.util.List;

/** Two versions of an agent; takes the side that a caller asks for to other threads and JVMs. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class VersionsModule implements GildModule {

  /** Creates the module; the service loader does. */
  public VersionsModule() {}

  @Override
  public String name() {
    return "versions";
  }

  @Override
  public List<ContextCarrier> carriers() {
    return List.of(new VersionOverride());
  }
}

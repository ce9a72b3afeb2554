package io.gild.synchronizers;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.Section;
import io.gild.config.spi.SettingsModule;
import java.util.List;

/** Semaphores, barriers, queues and elections of several JVMs. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class SynchronizersModule implements SettingsModule {

  /** Creates the module; the service loader does. */
  public SynchronizersModule() {}

  @Override
  public String name() {
    return "synchronizers";
  }

  @Override
  public List<Section<?>> sections() {
    return List.of(SynchronizerSettings.SECTION);
  }
}

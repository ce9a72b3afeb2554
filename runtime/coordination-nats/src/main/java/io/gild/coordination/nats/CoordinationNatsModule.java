package io.gild.coordination.nats;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.Section;
import io.gild.config.spi.SettingsModule;
import java.util.List;

/** Where NATS is, for the messages that are kept there. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class CoordinationNatsModule implements SettingsModule {

  /** Creates the module; the service loader does. */
  public CoordinationNatsModule() {}

  @Override
  public String name() {
    return "coordination-nats";
  }

  @Override
  public List<Section<?>> sections() {
    return List.of(NatsCoordination.SECTION);
  }
}

package io.gild.memory.postgres;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.Section;
import io.gild.config.spi.SettingsModule;
import java.util.List;

/** Where PostgreSQL is, for the memories that are kept there. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class MemoryPostgresModule implements SettingsModule {

  /** Creates the module; the service loader does. */
  public MemoryPostgresModule() {}

  @Override
  public String name() {
    return "memory-postgres";
  }

  @Override
  public List<Section<?>> sections() {
    return List.of(PostgresMemory.SECTION);
  }
}

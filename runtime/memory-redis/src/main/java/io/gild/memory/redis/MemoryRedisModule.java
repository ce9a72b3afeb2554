package io.gild.memory.redis;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.Section;
import io.gild.config.spi.SettingsModule;
import java.util.List;

/** Where Redis is, for the sessions that are kept there. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class MemoryRedisModule implements SettingsModule {

  /** Creates the module; the service loader does. */
  public MemoryRedisModule() {}

  @Override
  public String name() {
    return "memory-redis";
  }

  @Override
  public List<Section<?>> sections() {
    return List.of(RedisMemory.SECTION);
  }
}

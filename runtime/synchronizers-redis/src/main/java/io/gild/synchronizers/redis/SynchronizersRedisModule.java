package io.gild.synchronizers.redis;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.Section;
import io.gild.config.spi.SettingsModule;
import java.util.List;

/** Where Redis is, for the synchronizers that are there. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class SynchronizersRedisModule implements SettingsModule {

  /** Creates the module; the service loader does. */
  public SynchronizersRedisModule() {}

  @Override
  public String name() {
    return "synchronizers-redis";
  }

  @Override
  public List<Section<?>> sections() {
    return List.of(RedisSynchronizers.SECTION);
  }
}

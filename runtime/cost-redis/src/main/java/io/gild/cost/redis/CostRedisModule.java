package io.gild.cost.redis;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.config.Section;
import io.gild.config.spi.SettingsModule;
import java.util.List;

/** Where Redis is, for the budgets, token limits and cached answers that are there. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SettingsModule.class)
public final class CostRedisModule implements SettingsModule {

  /** Creates the module; the service loader does. */
  public CostRedisModule() {}

  @Override
  public String name() {
    return "cost-redis";
  }

  @Override
  public List<Section<?>> sections() {
    return List.of(RedisCost.SECTION, RedisAnswers.SECTION);
  }
}

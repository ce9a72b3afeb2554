package io.gild.synchronizers.redis;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.core.RuntimeScope;
import io.gild.redis.RedisServerSettings;
import io.gild.synchronizers.spi.LeaseStore;
import io.gild.synchronizers.spi.LeaseStoreProvider;

/** Opens the engine {@code redis}, at the Redis server of {@code synchronizers.redis}. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(LeaseStoreProvider.class)
public final class RedisLeaseStoreProvider implements LeaseStoreProvider {

  /** Creates the provider; the service loader does. */
  public RedisLeaseStoreProvider() {}

  @Override
  public String name() {
    return "redis";
  }

  /** Opens the engine; it connects when it is used, so that Redis may start later. */
  @Override
  public LeaseStore open(RuntimeScope runtime) {
    RedisServerSettings redis = runtime.settings().get(RedisSynchronizers.SECTION).redis();
    return new RedisLeaseStore(redis.url(), redis.timeout(), redis.prefix());
  }
}

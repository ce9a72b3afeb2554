package io.gild.memory.redis;

import com.google.auto.service.AutoService;
import io.gild.config.Experimental;
import io.gild.core.RuntimeScope;
import io.gild.memory.spi.SessionStore;
import io.gild.memory.spi.SessionStoreProvider;
import io.gild.redis.RedisServerSettings;

/** Opens the store {@code redis}, at the Redis server of {@code memory.redis}. */
@Experimental
@SuppressWarnings("exports") // AutoService is read by the compiler alone
@AutoService(SessionStoreProvider.class)
public final class RedisSessionStoreProvider implements SessionStoreProvider {

  /** Creates the provider; the service loader does. */
  public RedisSessionStoreProvider() {}

  @Override
  public String name() {
    return "redis";
  }

  /** Opens the store; it connects when it is used, so that Redis may start later. */
  @Override
  public SessionStore open(RuntimeScope runtime) {
    RedisServerSettings redis = runtime.settings().get(RedisMemory.SECTION).redis();
    return new RedisSessionStore(redis.url(), redis.timeout(), redis.prefix());
  }
}

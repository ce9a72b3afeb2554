/** Synchronizers in Redis. */
module io.gild.synchronizers.redis {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.redis;
  requires transitive io.gild.synchronizers;

  exports io.gild.synchronizers.redis;

  provides io.gild.config.spi.SettingsModule with
      io.gild.synchronizers.redis.SynchronizersRedisModule;
  provides io.gild.synchronizers.spi.LeaseStoreProvider with
      io.gild.synchronizers.redis.RedisLeaseStoreProvider;
}

/** Sessions of agents in Redis. */
module io.gild.memory.redis {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.memory;
  requires transitive io.gild.redis;

  exports io.gild.memory.redis;

  provides io.gild.config.spi.SettingsModule with
      io.gild.memory.redis.MemoryRedisModule;
  provides io.gild.memory.spi.SessionStoreProvider with
      io.gild.memory.redis.RedisSessionStoreProvider;
}

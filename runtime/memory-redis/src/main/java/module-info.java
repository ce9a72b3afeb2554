/** Sessions of agents in Redis. */
module io.gild.memory.redis {
  requires static transitive org.jspecify;
  requires static com.google.auto.service;
  requires transitive io.gild.memory;
  requires transitive redis.clients.jedis;
  requires org.apache.commons.pool2;

  exports io.gild.memory.redis;

  provides io.gild.config.spi.SettingsModule with
      io.gild.memory.redis.MemoryRedisModule;
  provides io.gild.memory.spi.SessionStoreProvider with
      io.gild.memory.redis.RedisSessionStoreProvider;
}

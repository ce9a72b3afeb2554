/** What all modules that use Redis share. */
module io.gild.redis {
  requires static transitive org.jspecify;
  requires transitive io.gild.config;
  requires transitive redis.clients.jedis;
  requires org.apache.commons.pool2;

  exports io.gild.redis;
}

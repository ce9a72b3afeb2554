package io.gild.cost.redis;

import io.gild.cost.redis.RedisCost.OnUnavailable;
import io.gild.redis.RedisServerSettings;
import io.gild.testkit.RedisServer;
import java.time.Duration;

/** Settings of tests. */
final class TestSettings {

  private TestSettings() {}

  static RedisCost of(RedisServer server, String prefix) {
    return of(server, prefix, OnUnavailable.LOCAL, Duration.ofSeconds(30));
  }

  static RedisCost of(
      RedisServer server, String prefix, OnUnavailable onUnavailable, Duration lease) {
    return new RedisCost(
        new RedisServerSettings(server.url(), Duration.ofSeconds(2), prefix),
        onUnavailable,
        0.1,
        lease);
  }
}

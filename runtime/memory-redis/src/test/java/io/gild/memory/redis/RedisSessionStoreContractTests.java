package io.gild.memory.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.gild.memory.spi.SessionStore;
import io.gild.testkit.RedisServer;
import io.gild.testkit.SessionStoreContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/** The contract, on one Redis server. */
class RedisSessionStoreContractTests extends SessionStoreContract {

  private static RedisServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = RedisServer.start(folder, "--appendonly", "no");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected SessionStore create() {
    try (RedisClient client = RedisClient.create(server.url())) {
      client.flushAll();
      assertThat(client.keys("*")).isEqualTo(Set.of());
    }
    return new RedisSessionStore(server.url(), Duration.ofSeconds(30), "gild:");
  }

  @Override
  protected void pass(Duration duration) throws InterruptedException {
    Thread.sleep(duration.toMillis());
  }
}

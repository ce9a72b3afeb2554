package io.gild.memory.redis;

import io.gild.memory.spi.SessionStore;
import io.gild.testkit.RedisServer;
import io.gild.testkit.SessionStoreContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;

/**
 * The contract, on a cluster. Its only node rejects commands on keys of different slots, as each
 * node of a larger cluster does.
 */
class RedisClusterTests extends SessionStoreContract {

  private static RedisServer server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    server = RedisServer.startCluster(folder);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected SessionStore create() {
    RedisClusterClient client =
        RedisClusterClient.create(Set.of(new HostAndPort("127.0.0.1", server.port())));
    client.flushAll();
    return new RedisSessionStore(client, "127.0.0.1:" + server.port(), "gild:");
  }

  @Override
  protected void pass(Duration duration) throws InterruptedException {
    Thread.sleep(duration.toMillis());
  }
}

package io.gild.cost.redis;

import io.gild.core.spi.Clock;
import io.gild.cost.spi.BudgetStore;
import io.gild.cost.spi.BudgetStoreContract;
import io.gild.testkit.RedisServer;
import java.nio.file.Path;
import java.time.Instant;
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
class RedisClusterBudgetTests extends BudgetStoreContract {

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
  protected BudgetStore open() {
    RedisClusterClient client =
        RedisClusterClient.create(Set.of(new HostAndPort("127.0.0.1", server.port())));
    client.flushAll();
    return new RedisBudgetStore(
        client, "127.0.0.1:" + server.port(), TestSettings.of(server, "gild:"), Clock.SYSTEM);
  }

  @Override
  protected Instant now() {
    return Instant.now();
  }
}

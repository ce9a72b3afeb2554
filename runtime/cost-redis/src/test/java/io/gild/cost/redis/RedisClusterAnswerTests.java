package io.gild.cost.redis;

import io.gild.cost.spi.AnswerStore;
import io.gild.cost.spi.AnswerStoreContract;
import io.gild.redis.RedisServerSettings;
import io.gild.testkit.RedisServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;

/** The contract of cached answers, on a cluster of one node. */
class RedisClusterAnswerTests extends AnswerStoreContract {

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
  protected AnswerStore open() {
    RedisClusterClient client =
        RedisClusterClient.create(Set.of(new HostAndPort("127.0.0.1", server.port())));
    client.flushAll();
    RedisServerSettings settings =
        new RedisServerSettings(server.url(), Duration.ofSeconds(2), "gild:");
    return new RedisAnswerStore(client, "127.0.0.1:" + server.port(), new RedisAnswers(settings));
  }

  @Override
  protected void advance(Duration time) throws InterruptedException {
    Thread.sleep(time.toMillis()); // expiry is that of Redis' clock
  }
}

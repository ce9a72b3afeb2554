package io.gild.synchronizers.redis;

import io.gild.synchronizers.spi.LeaseStore;
import io.gild.testkit.BarrierContract;
import io.gild.testkit.QueueContract;
import io.gild.testkit.RedisServer;
import io.gild.testkit.SemaphoreContract;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClusterClient;

/**
 * The contracts of synchronizers, on a cluster. Its only node rejects commands on keys of different
 * slots, as each node of a larger cluster does.
 */
class RedisClusterSynchronizersTests {

  private static RedisServer server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    server = RedisServer.startCluster(folder, "--appendonly", "no");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static LeaseStore open() {
    RedisClusterClient client =
        RedisClusterClient.create(Set.of(new HostAndPort("127.0.0.1", server.port())));
    return new RedisLeaseStore(client, "127.0.0.1:" + server.port(), "gild:");
  }

  @Nested
  class Semaphores extends SemaphoreContract {

    @Override
    protected LeaseStore connect() {
      return open();
    }
  }

  @Nested
  class Barriers extends BarrierContract {

    @Override
    protected LeaseStore connect() {
      return open();
    }
  }

  @Nested
  class Queues extends QueueContract {

    @Override
    protected LeaseStore connect() {
      return open();
    }
  }
}

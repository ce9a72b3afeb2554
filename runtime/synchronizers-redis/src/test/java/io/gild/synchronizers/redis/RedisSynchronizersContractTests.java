package io.gild.synchronizers.redis;

import io.gild.synchronizers.spi.LeaseStore;
import io.gild.testkit.BarrierContract;
import io.gild.testkit.LeaderContract;
import io.gild.testkit.QueueContract;
import io.gild.testkit.RedisServer;
import io.gild.testkit.SemaphoreContract;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contracts of synchronizers, on one Redis server. */
class RedisSynchronizersContractTests {

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

  private static LeaseStore open() {
    return new RedisLeaseStore(server.url(), Duration.ofSeconds(30), "gild:");
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

  @Nested
  class Leaders extends LeaderContract {

    @Override
    protected LeaseStore connect() {
      return open();
    }
  }
}

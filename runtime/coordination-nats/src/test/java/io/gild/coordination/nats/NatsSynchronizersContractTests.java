package io.gild.coordination.nats;

import io.gild.synchronizers.spi.LeaseStore;
import io.gild.testkit.BarrierContract;
import io.gild.testkit.LeaderContract;
import io.gild.testkit.NatsServer;
import io.gild.testkit.QueueContract;
import io.gild.testkit.SemaphoreContract;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contracts of synchronizers, on one NATS server. */
class NatsSynchronizersContractTests {

  private static NatsServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = NatsServer.start(folder);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  private static LeaseStore open() {
    return new NatsLeaseStore(server.url(), Duration.ofSeconds(30), "gild", 1);
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

package io.gild.memory.postgres;

import io.gild.memory.spi.MemoryStore;
import io.gild.postgres.PostgresDatabase;
import io.gild.testkit.MemoryStoreContract;
import io.gild.testkit.PgliteServer;
import io.gild.testkit.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

class PostgresMemoryStoreContractTests {

  /** Without pgvector. */
  @Nested
  class OnPostgresql extends MemoryStoreContract {

    private static PostgresServer server;
    private static int stores;

    @BeforeAll
    static void start() {
      server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
      if (server != null) {
        server.close();
      }
    }

    @Override
    protected MemoryStore create() {
      return new PostgresMemoryStore(
          new PostgresDatabase(
              server.url(),
              server.user(),
              server.password(),
              "schema \"" + stores++,
              Duration.ofSeconds(30),
              4),
          SPACE);
    }
  }

  /** With pgvector, and with one connection at a time. */
  @Nested
  class OnPglite extends MemoryStoreContract {

    @TempDir static Path folder;
    private static PgliteServer server;
    private static int stores;

    @BeforeAll
    static void start() {
      server = PgliteServer.start(folder);
    }

    @AfterAll
    static void stop() {
      if (server != null) {
        server.close();
      }
    }

    @Override
    protected MemoryStore create() {
      return new PostgresMemoryStore(
          new PostgresDatabase(server.url(), null, null, "s" + stores++, Duration.ofSeconds(30), 1),
          SPACE);
    }
  }
}

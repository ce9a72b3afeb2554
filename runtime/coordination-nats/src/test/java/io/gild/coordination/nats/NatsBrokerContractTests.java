package io.gild.coordination.nats;

import io.gild.coordination.BrokerLimits;
import io.gild.coordination.spi.BrokerEngine;
import io.gild.core.spi.Clock;
import io.gild.testkit.BrokerContract;
import io.gild.testkit.NatsServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on one NATS server; each test has its own prefix. */
class NatsBrokerContractTests extends BrokerContract {

  private static final AtomicInteger PREFIXES = new AtomicInteger();
  private static NatsServer server;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    Path settings = folder.resolve("nats.conf");
    Files.writeString(settings, "max_payload: 32MB\n");
    server = NatsServer.start(folder, "--config", settings.toString());
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Override
  protected BrokerEngine create(BrokerLimits limits) {
    return new NatsEngine(
        NatsBrokerOptions.of(server.url()).withPrefix("t" + PREFIXES.incrementAndGet()),
        limits,
        Clock.SYSTEM);
  }
}

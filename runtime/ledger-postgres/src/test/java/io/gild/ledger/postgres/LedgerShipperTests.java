package io.gild.ledger.postgres;

import static io.gild.ledger.postgres.LedgerDatabases.entries;
import static io.gild.ledger.postgres.LedgerDatabases.settings;
import static io.gild.ledger.postgres.LedgerDatabases.total;
import static org.assertj.core.api.Assertions.assertThat;

import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import io.gild.core.MethodSpec;
import io.gild.ledger.CallLedger;
import io.gild.ledger.FolderLedger;
import io.gild.ledger.Ledgers;
import io.gild.ledger.spi.LedgerSink;
import io.gild.testkit.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerShipperTests {

  private static PostgresServer server;

  @TempDir Path folder;

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

  private Settings configured(String schema) {
    return Settings.ofThisJvm()
        .property("gild.data", folder.toString())
        .property("gild.ledger.enabled", "true")
        .property("gild.ledger.store", "postgres")
        .property("gild.ledger.postgres.url", server.url())
        .property("gild.ledger.postgres.user", server.user())
        .property("gild.ledger.postgres.password", server.password())
        .property("gild.ledger.postgres.schema", schema)
        .build();
  }

  private static GildRuntime runtime(Settings settings) {
    return GildRuntime.builder()
        .discover(LedgerShipperTests.class.getClassLoader())
        .settings(settings)
        .build();
  }

  private static void call(GildRuntime runtime, int times) {
    GovernedMethod model =
        runtime.method(MethodSpec.of("gpt", "com.acme.Gpt", "chat", "()Ljava/lang/String;"));
    for (int i = 0; i < times; i++) {
      AgentCall call = model.begin(null);
      call.proceed();
      call.recordUsage("gpt-4o-mini", Usage.of(1_000, 100));
      call.returned("fine");
      call.proceed();
    }
  }

  private static void await(Callable<Boolean> condition) throws Exception {
    Instant deadline = Instant.now().plusSeconds(60);
    while (!condition.call()) {
      assertThat(Instant.now()).isBefore(deadline);
      Thread.sleep(20);
    }
  }

  @Test
  void sendsWhatCallsCost() throws Exception {
    try (GildRuntime runtime = runtime(configured("calls"));
        PostgresLedger ledger = new PostgresLedger(settings(server, "calls"))) {
      call(runtime, 50);
      assertThat(CallLedger.of(runtime).flush(Duration.ofSeconds(20))).isTrue();
      await(() -> total(ledger).requests() == 50);
      assertThat(total(ledger).usd()).isEqualByComparingTo("0.0105");
    }
  }

  @Test
  void sendsTheRestWhenTheRuntimeEnds() throws Exception {
    try (GildRuntime runtime = runtime(configured("end"))) {
      call(runtime, 50);
    }
    try (PostgresLedger ledger = new PostgresLedger(settings(server, "end"))) {
      assertThat(total(ledger).requests()).isEqualTo(50);
    }
  }

  @Test
  void answersWithWhatTheFolderStillHas() throws Exception {
    new FolderLedger(folder.resolve("ledger"), 1 << 20).append(entries("a", 1, 7));
    try (LedgerSink ledger = Ledgers.open(configured("rest"))) {
      assertThat(total(ledger).requests()).isEqualTo(7);
    }
  }

  @Test
  void waitsForAServerThatIsAwayAndLogsItOnce() throws Exception {
    List<String> log = new CopyOnWriteArrayList<>();
    GildLog.redirect((line, cause) -> log.add(line));
    FolderLedger buffer = new FolderLedger(folder, 1 << 20);
    try (PostgresServer own = PostgresServer.start();
        PostgresLedger ledger = new PostgresLedger(settings(own, "gild"));
        LedgerShipper shipper =
            new LedgerShipper(
                    new Shipments(folder, new PostgresLedger(settings(own, "gild"))), () -> {})
                .start()) {
      buffer.append(entries("a", 1, 100));
      await(() -> total(ledger).requests() == 100);
      own.kill();
      buffer.append(entries("a", 101, 200));
      await(() -> !log.isEmpty() && shipper.unsentBytes() > 0);
      buffer.append(entries("a", 201, 300));
      own.restart();
      await(() -> log.size() > 1);
      assertThat(total(ledger).requests()).isEqualTo(300);
      assertThat(shipper.unsentBytes()).isZero();
    }
    assertThat(log).hasSize(2);
    assertThat(log.get(0))
        .startsWith("The ledger waits in its folder until PostgreSQL takes it")
        .contains("Start PostgreSQL, or correct ledger.postgres.url");
    assertThat(log.get(1)).endsWith("has the ledger again");
  }
}

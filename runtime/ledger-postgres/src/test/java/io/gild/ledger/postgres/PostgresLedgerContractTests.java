package io.gild.ledger.postgres;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.gild.ledger.FolderLedger;
import io.gild.ledger.spi.LedgerSink;
import io.gild.ledger.spi.LedgerSinkContract;
import io.gild.testkit.PostgresServer;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

class PostgresLedgerContractTests {

  private static PostgresServer server;
  private static int ledgers;

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

  @TestFactory
  Stream<DynamicTest> holdsInPostgresql() {
    return checks(PostgresLedgerContractTests::ledger);
  }

  @TestFactory
  Stream<DynamicTest> holdsWithAFolderInFront() {
    return checks(() -> {
      PostgresLedger ledger = ledger();
      Path own = folder.resolve("ledger" + ledgers);
      return new BufferedLedger(new FolderLedger(own, 1 << 20), new Shipments(own, ledger));
    });
  }

  private static PostgresLedger ledger() {
    return new PostgresLedger(LedgerDatabases.settings(server, "schema \"" + ledgers++));
  }

  private static Stream<DynamicTest> checks(Supplier<LedgerSink> sinks) {
    return LedgerSinkContract.checks().entrySet().stream()
        .map(check -> dynamicTest(check.getKey(), () -> check.getValue().run(sinks.get())));
  }
}

package io.gild.benchmarks;

import io.gild.config.Usage;
import io.gild.core.Attribution;
import io.gild.core.CostDimension;
import io.gild.ledger.LedgerEntry;
import io.gild.ledger.LedgerText;
import io.gild.ledger.postgres.PostgresLedger;
import io.gild.postgres.PostgresDatabase;
import io.gild.testkit.PostgresServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Entries that are added to PostgreSQL, compared with plain JDBC batches of fewer columns. */
final class LedgerInserts {

  private static final int BATCH = 1_000;
  private static final double NANOS_PER_MICRO = 1_000;
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final Usage TOKENS = Usage.of(1_000, 100);
  private static final BigDecimal USD = new BigDecimal("0.00021");

  private final int entries;
  private final int rounds;

  LedgerInserts(int entries, int rounds) {
    this.entries = entries;
    this.rounds = rounds;
  }

  Row measure(String name) throws Exception {
    Samples ours = new Samples();
    Samples other = new Samples();
    try (PostgresServer server = PostgresServer.start();
        PostgresLedger ledger = new PostgresLedger(database(server));
        Connection connection =
            DriverManager.getConnection(server.url(), server.user(), server.password())) {
      create(connection);
      ledger(ledger, "warmup");
      plain(connection, "warmup");
      for (int i = 0; i < rounds; i++) {
        ours.add(ledger(ledger, "a" + i), Double.NaN);
        other.add(plain(connection, "a" + i), Double.NaN);
      }
    }
    return new Row(
        name + " / JDBC batches",
        "us",
        ours.score(),
        other.score(),
        "an entry, %,d at once: %,.0f entries per second, with JDBC %,.0f; the server does not force them to the disk"
            .formatted(BATCH, 1e6 / ours.score().time(), 1e6 / other.score().time()));
  }

  private static PostgresDatabase database(PostgresServer server) {
    return new PostgresDatabase(
        server.url(), server.user(), server.password(), "gild", Duration.ofSeconds(30), 1);
  }

  private double ledger(PostgresLedger ledger, String origin) throws IOException {
    long start = System.nanoTime();
    for (int first = 1; first <= entries; first += BATCH) {
      ledger.append(batch(origin, first));
    }
    return (System.nanoTime() - start) / NANOS_PER_MICRO / entries;
  }

  private static List<LedgerEntry> batch(String origin, int first) {
    List<LedgerEntry> batch = new ArrayList<>(BATCH);
    for (int number = first; number < first + BATCH; number++) {
      batch.add(
          new LedgerEntry(
              FIRST.plusMillis(number),
              origin,
              number,
              LedgerEntry.Kind.USAGE,
              new Attribution(
                  Map.of(
                      CostDimension.TENANT,
                      "tenant " + number % 100,
                      CostDimension.MODEL,
                      "gpt-4o-mini")),
              1,
              TOKENS,
              USD,
              1,
              false,
              null,
              Map.of()));
    }
    return batch;
  }

  private static void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE plain (id text PRIMARY KEY, time timestamptz, tenant text, model text,"
              + " input bigint, output bigint, usd numeric, line text)");
    }
    connection.setAutoCommit(false);
  }

  private double plain(Connection connection, String origin) throws SQLException {
    long start = System.nanoTime();
    for (int first = 1; first <= entries; first += BATCH) {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO plain VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
        for (LedgerEntry entry : batch(origin, first)) {
          insert.setString(1, entry.id());
          insert.setObject(2, entry.time().atOffset(ZoneOffset.UTC));
          insert.setString(3, entry.attribution().get(CostDimension.TENANT));
          insert.setString(4, entry.attribution().get(CostDimension.MODEL));
          insert.setLong(5, entry.usage().inputTokens());
          insert.setLong(6, entry.usage().outputTokens());
          insert.setBigDecimal(7, entry.usd());
          insert.setString(8, LedgerText.write(entry));
          insert.addBatch();
        }
        insert.executeBatch();
      }
      connection.commit();
    }
    return (System.nanoTime() - start) / NANOS_PER_MICRO / entries;
  }
}

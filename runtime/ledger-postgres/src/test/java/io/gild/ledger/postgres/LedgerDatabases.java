package io.gild.ledger.postgres;

import io.gild.config.Usage;
import io.gild.core.Attribution;
import io.gild.core.CostDimension;
import io.gild.ledger.LedgerEntry;
import io.gild.ledger.LedgerQuery;
import io.gild.ledger.LedgerSums;
import io.gild.ledger.spi.LedgerSink;
import io.gild.postgres.PostgresDatabase;
import io.gild.testkit.PostgresServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Settings for the servers of tests, and entries. */
final class LedgerDatabases {

  static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

  private LedgerDatabases() {}

  static PostgresDatabase settings(PostgresServer server, String schema) {
    return new PostgresDatabase(
        server.url(), server.user(), server.password(), schema, Duration.ofSeconds(10), 2);
  }

  static void execute(PostgresServer server, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(server.url(), server.user(), server.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static LedgerEntry entry(String origin, long number, Map<String, Object> more) {
    return new LedgerEntry(
        NOON,
        origin,
        number,
        LedgerEntry.Kind.USAGE,
        new Attribution(Map.of(CostDimension.TENANT, origin)),
        1,
        Usage.of(10, 1),
        new BigDecimal("0.000000001"),
        1,
        false,
        null,
        more);
  }

  static List<LedgerEntry> entries(String origin, long first, long last) {
    List<LedgerEntry> entries = new ArrayList<>();
    for (long number = first; number <= last; number++) {
      entries.add(entry(origin, number, Map.of()));
    }
    return entries;
  }

  static LedgerSums total(LedgerSink ledger) throws IOException {
    return ledger.query(List.of(LedgerQuery.all())).get(0).total();
  }
}

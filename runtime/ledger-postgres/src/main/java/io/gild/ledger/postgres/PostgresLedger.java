package io.gild.ledger.postgres;

import io.gild.config.Experimental;
import io.gild.ledger.LedgerEntry;
import io.gild.ledger.LedgerQuery;
import io.gild.ledger.LedgerReport;
import io.gild.ledger.spi.LedgerSink;
import io.gild.postgres.Patience;
import io.gild.postgres.PostgresConnections;
import io.gild.postgres.PostgresDatabase;
import io.gild.postgres.PostgresFailure;
import io.gild.postgres.SqlText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps entries in one table of PostgreSQL 15 or later, which is made when it is first used.
 *
 * <p>A batch is one transaction; entries whose ids are known are ignored, so that a batch may be
 * sent any number of times. Sums are made by the server, with exact decimals. While PostgreSQL does
 * not answer, each operation throws an {@link IOException} that names a remedy. Thread-safe.
 */
@Experimental
public final class PostgresLedger implements LedgerSink {

  private final PostgresConnections connections;
  private final LedgerTables tables;
  private final String place;
  private volatile boolean open;

  /**
   * Creates a ledger. It connects when it is used.
   *
   * @param database where PostgreSQL is
   */
  public PostgresLedger(PostgresDatabase database) {
    this.connections =
        new PostgresConnections(
            database,
            "ledger.postgres",
            (message, cause) -> new UncheckedIOException(new IOException(message, cause)));
    this.tables = new LedgerTables(database.schema(), database.place());
    this.place = database.place() + ", schema " + database.schema();
  }

  /** Returns the database and the schema. */
  String place() {
    return place;
  }

  @Override
  public void append(List<LedgerEntry> entries) throws IOException {
    if (!entries.isEmpty()) {
      run(
          "add entries to the ledger",
          connection -> {
            new EntryRows(tables).insert(connection, entries);
            return true;
          });
    }
  }

  @Override
  public List<LedgerReport> query(List<LedgerQuery> queries) throws IOException {
    if (queries.isEmpty()) {
      return List.of();
    }
    return run(
        "read the ledger",
        connection -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
          }
          List<LedgerReport> reports = new ArrayList<>();
          Patience.run(
              connection,
              () -> {
                for (LedgerQuery query : queries) {
                  reports.add(new QuerySql(tables, query).run(connection));
                }
              });
          return reports;
        });
  }

  @Override
  public void deleteBefore(LocalDate oldest) throws IOException {
    OffsetDateTime first = oldest.atStartOfDay().atOffset(ZoneOffset.UTC);
    run(
        "delete old entries of the ledger",
        connection -> {
          Patience.run(
              connection,
              () ->
                  new SqlText(
                          tables.sql("DELETE FROM {entries} WHERE time < ? AND added < ?"),
                          first,
                          first)
                      .execute(connection));
          return true;
        });
  }

  private <T> T run(String what, PostgresConnections.Work<T> work) throws IOException {
    try {
      if (!open) {
        connections.run("open the ledger", this::open);
      }
      return connections.run(
          what,
          connection -> {
            try {
              return work.run(connection);
            } catch (SQLException failure) {
              if (PostgresFailure.isMissingTable(failure)) {
                open = false;
              }
              throw failure;
            }
          });
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  private boolean open(Connection connection) throws SQLException {
    tables.open(connection);
    open = true;
    return true;
  }

  @Override
  public void close() {
    connections.close();
  }
}

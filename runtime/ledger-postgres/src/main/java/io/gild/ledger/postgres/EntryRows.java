package io.gild.ledger.postgres;

import io.gild.config.TokenKind;
import io.gild.core.CostDimension;
import io.gild.ledger.LedgerEntry;
import io.gild.ledger.LedgerText;
import io.gild.postgres.ColumnText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Adds entries to the table. Thread-safe. */
final class EntryRows {

  private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");
  private static final CostDimension[] DIMENSIONS = CostDimension.values();
  private static final TokenKind[] TOKENS = TokenKind.values();
  private static final String INSERT = insert();

  private final LedgerTables tables;

  EntryRows(LedgerTables tables) {
    this.tables = tables;
  }

  private static String insert() {
    StringBuilder columns =
        new StringBuilder(
            "id, time, nanos, kind, requests, usd, attempt, shadow, source, instead_usd, line");
    int count = 11;
    for (CostDimension dimension : DIMENSIONS) {
      columns.append(", ").append(LedgerTables.column(dimension));
      count++;
    }
    for (TokenKind kind : TOKENS) {
      columns.append(", ").append(LedgerTables.column(kind));
      count++;
    }
    return "INSERT INTO {entries} (%s) VALUES (%s) ON CONFLICT (id) DO NOTHING"
        .formatted(columns, String.join(", ", Collections.nCopies(count, "?")));
  }

  void insert(Connection connection, List<LedgerEntry> entries) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(tables.sql(INSERT))) {
      for (LedgerEntry entry : entries) {
        set(statement, entry);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void set(PreparedStatement statement, LedgerEntry entry) throws SQLException {
    int at = 0;
    Instant time = bounded(entry.time());
    LedgerEntry.Saving saving = entry.saving();
    statement.setString(++at, entry.id());
    statement.setObject(++at, micros(time));
    statement.setInt(++at, nanos(time));
    statement.setString(++at, entry.kind().name().toLowerCase(Locale.ROOT));
    statement.setLong(++at, entry.requests());
    statement.setBigDecimal(++at, entry.usd());
    statement.setInt(++at, entry.attempt());
    statement.setBoolean(++at, entry.shadow());
    statement.setString(++at, saving == null ? null : ColumnText.escaped(saving.source()));
    statement.setBigDecimal(++at, saving == null ? null : saving.usd());
    statement.setString(++at, LedgerText.write(entry));
    for (CostDimension dimension : DIMENSIONS) {
      statement.setString(++at, ColumnText.escaped(entry.attribution().get(dimension)));
    }
    for (TokenKind kind : TOKENS) {
      statement.setLong(++at, entry.usage().get(kind));
    }
  }

  /** Returns the nearest time that a column can have. */
  static Instant bounded(Instant time) {
    return time.isBefore(FIRST) ? FIRST : time.isAfter(LAST) ? LAST : time;
  }

  /** PostgreSQL has microseconds. */
  static OffsetDateTime micros(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }

  static int nanos(Instant time) {
    return (int) ChronoUnit.NANOS.between(time.truncatedTo(ChronoUnit.MICROS), time);
  }
}

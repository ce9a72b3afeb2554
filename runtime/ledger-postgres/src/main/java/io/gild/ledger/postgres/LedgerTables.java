package io.gild.ledger.postgres;

import io.gild.config.TokenKind;
import io.gild.core.CostDimension;
import io.gild.postgres.SqlText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * The tables of a schema: {@code ledger} has the version, {@code ledger_entries} the entries. They
 * are made when they are missing, and never changed.
 *
 * <p>Dimensions and tokens are columns, {@code line} is the whole entry as a folder has it, with
 * fields of later versions. A BRIN index finds the blocks of a time, since entries come nearly in
 * its order.
 */
final class LedgerTables {

  private static final int VERSION = 1;

  /** In front of a hash of the schema, so that other applications lock something else. */
  private static final long LOCK = 0x6c646772L << Integer.SIZE;

  private final String schema;
  private final String place;

  LedgerTables(String schema, String place) {
    this.schema = schema;
    this.place = place;
  }

  /** Returns SQL for this schema. */
  String sql(String text) {
    return text.replace("{entries}", "{schema}.ledger_entries").replace("{schema}", quoted(schema));
  }

  private static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  static String column(CostDimension dimension) {
    return quoted(dimension.key());
  }

  static String column(TokenKind kind) {
    return quoted(kind.name().toLowerCase(Locale.ROOT) + "_tokens");
  }

  /** Makes the tables if they are missing. */
  void open(Connection connection) throws SQLException {
    if (!exist(connection)) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(
            "SELECT pg_advisory_xact_lock(%d)"
                .formatted(LOCK | Integer.toUnsignedLong(schema.hashCode())));
        if (!exist(connection)) {
          create(connection, statement);
        }
      }
    }
    requireVersion(connection);
  }

  /** Asks the catalog itself: its caches may not know yet what another one has just made. */
  private boolean exist(Connection connection) throws SQLException {
    return hasRow(
        connection,
        new SqlText(
            "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = 'ledger_entries'",
            schema));
  }

  private static boolean hasRow(Connection connection, SqlText sql) throws SQLException {
    try (PreparedStatement query = sql.prepare(connection);
        ResultSet row = query.executeQuery()) {
      return row.next();
    }
  }

  private void create(Connection connection, Statement statement) throws SQLException {
    // To create a schema if it is missing needs a permission even if it is there.
    if (!hasRow(connection, new SqlText("SELECT 1 FROM pg_namespace WHERE nspname = ?", schema))) {
      statement.execute(sql("CREATE SCHEMA {schema}"));
    }
    statement.execute(sql("CREATE TABLE {schema}.ledger (version int NOT NULL)"));
    statement.execute(sql("INSERT INTO {schema}.ledger VALUES (" + VERSION + ")"));
    statement.execute(sql(entries()));
    statement.execute(
        sql(
            "CREATE INDEX ledger_entries_time ON {entries} USING brin (time) WITH (autosummarize)"));
  }

  private static String entries() {
    StringBuilder sql =
        new StringBuilder(
            """
            CREATE TABLE {entries} (
              id text COLLATE "C" PRIMARY KEY,
              time timestamptz NOT NULL,
              nanos smallint NOT NULL,
              added timestamptz NOT NULL DEFAULT now(),
              kind text NOT NULL,
              requests bigint NOT NULL,
              usd numeric,
              attempt int NOT NULL,
              shadow boolean NOT NULL,
              source text,
              instead_usd numeric,
            """);
    for (CostDimension dimension : CostDimension.values()) {
      sql.append("  ").append(column(dimension)).append(" text COLLATE \"C\" NOT NULL,\n");
    }
    for (TokenKind kind : TokenKind.values()) {
      sql.append("  ").append(column(kind)).append(" bigint NOT NULL,\n");
    }
    return sql.append("  line text NOT NULL)").toString();
  }

  private void requireVersion(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql("SELECT version FROM {schema}.ledger"))) {
      int version = row.next() ? row.getInt(1) : 0;
      if (version != VERSION) {
        throw new UncheckedIOException(
            new IOException(
                "Schema %s of PostgreSQL at %s has a ledger of version %d; this version of Gild reads version %d. Use the Gild that wrote it, or another ledger.postgres.schema."
                    .formatted(schema, place, version, VERSION)));
      }
    }
  }
}

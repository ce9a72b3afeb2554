package io.gild.memory.postgres;

import io.gild.core.GildLog;
import io.gild.memory.MemoryException;
import io.gild.postgres.ColumnText;
import io.gild.postgres.SqlText;
import io.gild.vectors.VectorSpace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a schema: {@code store} has the version and the model, {@code memories} the
 * memories, and {@code terms} the words by which they are found. They are made when they are
 * missing, and never changed.
 */
final class MemoryTables {

  private static final int VERSION = 1;

  /** In front of a hash of the schema, so that other applications lock something else. */
  private static final long LOCK = 0x67696c64L << Integer.SIZE;

  private static final String CREATE =
      """
      CREATE TABLE {schema}.store (
        one boolean PRIMARY KEY DEFAULT TRUE CHECK (one),
        version int NOT NULL,
        model text NOT NULL,
        dimensions int NOT NULL
      );
      CREATE TABLE {schema}.memories (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        tenant text COLLATE "C" NOT NULL,
        id text COLLATE "C" NOT NULL,
        fingerprint text COLLATE "C" NOT NULL,
        claim text COLLATE "C",
        present boolean NOT NULL,
        pruned boolean NOT NULL,
        line boolean NOT NULL,
        session text COLLATE "C" NOT NULL,
        created_seconds bigint NOT NULL,
        created_nanos int NOT NULL,
        length int NOT NULL,
        facts jsonb,
        uses bigint NOT NULL,
        used_seconds bigint NOT NULL,
        used_nanos int NOT NULL,
        body text NOT NULL,
        vector bytea,
        components real[]
      ) WITH (fillfactor = 90);
      ALTER TABLE {schema}.memories ALTER COLUMN vector SET STORAGE EXTERNAL;
      CREATE UNIQUE INDEX memories_id ON {schema}.memories (tenant, id);
      CREATE UNIQUE INDEX memories_claim ON {schema}.memories (tenant, claim) WHERE claim IS NOT NULL;
      CREATE INDEX memories_fingerprint ON {schema}.memories (tenant, fingerprint) WHERE present;
      CREATE INDEX memories_length ON {schema}.memories (tenant) INCLUDE (length) WHERE NOT pruned;
      CREATE INDEX memories_line ON {schema}.memories
        (tenant, session, created_seconds, created_nanos, seq) INCLUDE (length) WHERE line;
      CREATE TABLE {schema}.terms (
        tenant text COLLATE "C" NOT NULL,
        term text COLLATE "C" NOT NULL,
        memory bigint NOT NULL,
        count int NOT NULL,
        PRIMARY KEY (tenant, term, memory)
      );
      CREATE INDEX terms_memory ON {schema}.terms (memory);
      """;

  /** ANALYZE copies values of columns to a catalog, where they stay after they are forgotten. */
  private static final Map<String, List<String>> PRIVATE =
      Map.of(
          "memories",
          List.of(
              "tenant",
              "id",
              "fingerprint",
              "claim",
              "session",
              "facts",
              "body",
              "vector",
              "components"),
          "terms",
          List.of("tenant", "term"));

  private final String schema;
  private final String place;
  private final VectorSpace space;

  MemoryTables(String schema, String place, VectorSpace space) {
    this.schema = schema;
    this.place = place;
    this.space = space;
  }

  /** Returns SQL for this schema. */
  String sql(String text) {
    return text.replace("{schema}", quoted(schema));
  }

  static String quoted(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }

  /** Makes the tables if they are missing, and returns how vectors are found. */
  VectorSearch open(Connection connection) throws SQLException {
    if (!exist(connection)) {
      lock(connection);
      if (!exist(connection)) {
        create(connection);
      }
    }
    requireModel(connection);
    Pgvector pgvector = Pgvector.find(connection, this, space);
    if (pgvector == null) {
      GildLog.infoOnce(
          "PostgreSQL at %s has no pgvector 0.8 or later, so that each search compares all vectors of a tenant. Install it, and run CREATE EXTENSION vector."
              .formatted(place));
      return new ExactVectors(this);
    }
    if (!pgvector.hasIndex(connection)) {
      lock(connection);
      pgvector.createIndex(connection);
    }
    return pgvector;
  }

  private boolean exist(Connection connection) throws SQLException {
    return exists(connection, "store");
  }

  /** Asks the catalog itself: its caches may not know yet what another one has just made. */
  boolean exists(Connection connection, String relation) throws SQLException {
    return hasRow(
        connection,
        new SqlText(
            "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ? AND c.relname = ?",
            schema,
            relation));
  }

  private static boolean hasRow(Connection connection, SqlText sql) throws SQLException {
    try (PreparedStatement query = sql.prepare(connection);
        ResultSet row = query.executeQuery()) {
      return row.next();
    }
  }

  private void create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (!hasSchema(connection)) {
        statement.execute(sql("CREATE SCHEMA {schema}"));
      }
      statement.execute(sql(CREATE));
      for (Map.Entry<String, List<String>> table : PRIVATE.entrySet()) {
        for (String column : table.getValue()) {
          statement.execute(
              sql(
                  "ALTER TABLE {schema}.%s ALTER COLUMN %s SET STATISTICS 0"
                      .formatted(table.getKey(), column)));
        }
      }
    }
    new SqlText(
            sql("INSERT INTO {schema}.store (version, model, dimensions) VALUES (?, ?, ?)"),
            VERSION,
            ColumnText.escaped(space.model()),
            space.dimensions())
        .execute(connection);
  }

  /** To create a schema if it is missing needs a permission even if it is there. */
  private boolean hasSchema(Connection connection) throws SQLException {
    return hasRow(connection, new SqlText("SELECT 1 FROM pg_namespace WHERE nspname = ?", schema));
  }

  /** Begins a transaction that reads the memories of one moment. */
  void beginReading(Connection connection) throws SQLException {
    begin(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
  }

  /** Begins a transaction that writes, while no one embeds the memories again. */
  void beginWriting(Connection connection) throws SQLException {
    begin(connection, "SELECT pg_advisory_xact_lock_shared(" + lockKey() + ")");
  }

  private void begin(Connection connection, String first) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(first + "; " + sql(MODEL));
      while (statement.getUpdateCount() >= 0 || !isModel(statement.getResultSet())) {
        statement.getMoreResults();
      }
    }
  }

  private static final String MODEL = "SELECT version, model, dimensions FROM {schema}.store";

  private boolean isModel(ResultSet rows) throws SQLException {
    if (rows.getMetaData().getColumnCount() == 1) {
      return false;
    }
    requireModel(rows);
    return true;
  }

  private void requireModel(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql(MODEL))) {
      requireModel(rows);
    }
  }

  private void requireModel(ResultSet rows) throws SQLException {
    requireVersion(rows);
    @Nullable String model = ColumnText.text(rows.getString(2));
    int dimensions = rows.getInt(3);
    if (!space.model().equals(model) || space.dimensions() != dimensions) {
      throw new MemoryException(
          "The vectors in schema %s of PostgreSQL at %s are those of %s with %d dimensions, but %s with %d dimensions is in use. Vectors of two models are never compared: run \"gild memory reembed\", or use the former model."
              .formatted(schema, place, model, dimensions, space.model(), space.dimensions()),
          null);
    }
  }

  private void requireVersion(ResultSet rows) throws SQLException {
    int version = rows.next() ? rows.getInt(1) : 0;
    if (version != VERSION) {
      throw new MemoryException(
          "Schema %s of PostgreSQL at %s has memories of version %d; this version of Gild reads version %d. Use the Gild that wrote them, or another memory.postgres.schema."
              .formatted(schema, place, version, VERSION),
          null);
    }
  }

  /** Waits until no one writes, and keeps others from it until the end of the transaction. */
  void lock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + lockKey() + ")");
    }
  }

  private long lockKey() {
    return LOCK | Integer.toUnsignedLong(schema.hashCode());
  }

  /** Makes the vectors those of this space; the caller embeds the memories again. */
  void changeModel(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql(MODEL))) {
      requireVersion(rows);
    }
    new SqlText(
            sql("UPDATE {schema}.store SET model = ?, dimensions = ?"),
            ColumnText.escaped(space.model()),
            space.dimensions())
        .execute(connection);
  }
}

package io.gild.memory.postgres;

import io.gild.postgres.Patience;
import io.gild.postgres.SqlText;
import io.gild.vectors.VectorSpace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds vectors with the extension pgvector: those of a small tenant exactly, those of a large one
 * by an HNSW index, unless the condition leaves too few of what the index finds.
 */
final class Pgvector implements VectorSearch {

  /** The longest vectors that its indexes take. */
  private static final int MOST_DIMENSIONS = 2_000;

  private static final int EXACT_BELOW = 10_000;
  private static final int MOST_EF_SEARCH = 1_000;
  private static final int LEAST_MINOR = 8;

  private final MemoryTables tables;
  private final VectorSpace space;
  private final String home;
  private final int exactBelow;

  Pgvector(MemoryTables tables, VectorSpace space, String home, int exactBelow) {
    this.tables = tables;
    this.space = space;
    this.home = MemoryTables.quoted(home) + ".";
    this.exactBelow = exactBelow;
  }

  /** Returns the extension of a database; {@code null} if it is absent or older than 0.8. */
  static @Nullable Pgvector find(Connection connection, MemoryTables tables, VectorSpace space)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT e.extversion, n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'vector'")) {
      return row.next() && isNewEnough(row.getString(1))
          ? new Pgvector(tables, space, row.getString(2), EXACT_BELOW)
          : null;
    }
  }

  private static boolean isNewEnough(String version) {
    String[] parts = version.split("\\.");
    return Integer.parseInt(parts[0]) > 0 || Integer.parseInt(parts[1]) >= LEAST_MINOR;
  }

  /** Returns the same, but with the index for tenants of at least so many memories. */
  Pgvector exactBelow(int memories) {
    String schema = home.substring(1, home.length() - 2);
    return new Pgvector(tables, space, schema, memories);
  }

  boolean hasIndex(Connection connection) throws SQLException {
    return space.dimensions() > MOST_DIMENSIONS || tables.exists(connection, "memories_vector");
  }

  /** Makes the index, which may take minutes if there are many memories. */
  void createIndex(Connection connection) throws SQLException {
    if (space.dimensions() > MOST_DIMENSIONS) {
      return;
    }
    Patience.run(
        connection,
        () -> {
          try (Statement statement = connection.createStatement()) {
            statement.execute(
                tables.sql(
                    "CREATE INDEX IF NOT EXISTS memories_vector ON {schema}.memories USING hnsw (("
                        + cast("components")
                        + ") "
                        + home
                        + "vector_cosine_ops)"));
          }
        });
  }

  private String cast(String value) {
    return value + "::" + home + "vector(" + space.dimensions() + ")";
  }

  private String operator(String name) {
    return " OPERATOR(" + home + name + ") ";
  }

  @Override
  public List<Long> nearest(
      Connection connection, String tenant, float[] wanted, SqlText condition, int limit)
      throws SQLException {
    boolean indexed = space.dimensions() <= MOST_DIMENSIONS && isLarge(connection, tenant);
    if (indexed) {
      List<Long> found = indexed(connection, tenant, wanted, condition, limit);
      if (found.size() == limit) {
        return found;
      }
    }
    // Anything but the bare distance keeps the planner from using the index.
    return found(connection, tenant, wanted, condition, limit, "(", ") + 0, m.id");
  }

  private boolean isLarge(Connection connection, String tenant) throws SQLException {
    SqlText sql =
        new SqlText(
            tables.sql(
                "SELECT count(*) FROM (SELECT 1 FROM {schema}.memories m WHERE m.tenant = ? AND NOT m.pruned LIMIT ?) found"),
            tenant,
            exactBelow);
    try (PreparedStatement query = sql.prepare(connection);
        ResultSet row = query.executeQuery()) {
      return row.next() && row.getInt(1) >= exactBelow;
    }
  }

  private List<Long> indexed(
      Connection connection, String tenant, float[] wanted, SqlText condition, int limit)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET LOCAL hnsw.ef_search = %d; SET LOCAL hnsw.iterative_scan = strict_order"
              .formatted(Math.min(MOST_EF_SEARCH, limit)));
    }
    return found(connection, tenant, wanted, condition, limit, "", "");
  }

  private List<Long> found(
      Connection connection,
      String tenant,
      float[] wanted,
      SqlText condition,
      int limit,
      String beforeDistance,
      String afterDistance)
      throws SQLException {
    SqlText sql =
        new SqlText(
                tables.sql(
                    "SELECT m.seq FROM {schema}.memories m WHERE m.tenant = ? AND NOT m.pruned AND m.components IS NOT NULL AND "),
                tenant)
            .append(condition)
            .append(" ORDER BY " + beforeDistance + cast("m.components") + operator("<=>"))
            .append(cast("?"), VectorColumn.pgvector(wanted))
            .append(afterDistance + " LIMIT ?", limit);
    List<Long> found = new ArrayList<>();
    try (PreparedStatement query = sql.prepare(connection);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        found.add(rows.getLong(1));
      }
    }
    return found;
  }

  /** Both have length 1, so that the cosine is their product. */
  @Override
  public SqlText column(float[] wanted) {
    return wanted.length == 0
        ? new SqlText("0::float8")
        : new SqlText("-(" + cast("m.components") + operator("<#>"))
            .append(cast("?") + ")", VectorColumn.pgvector(wanted));
  }

  @Override
  public double similarity(ResultSet row, String column, float[] wanted) throws SQLException {
    return VectorColumn.bounded(row.getDouble(column));
  }
}

package io.gild.memory.postgres;

import io.gild.memory.MemoryRecord;
import io.gild.postgres.SqlText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Reads all vectors of a tenant and compares them here; for a server without pgvector. */
final class ExactVectors implements VectorSearch {

  private static final int FETCH = 500;

  private final MemoryTables tables;

  /** A memory that may be among the nearest. */
  private record Near(long seq, String id, double similarity) {}

  private static final Comparator<Near> FARTHEST_FIRST =
      Comparator.comparingDouble(Near::similarity)
          .thenComparing(Near::id, Comparator.reverseOrder());

  ExactVectors(MemoryTables tables) {
    this.tables = tables;
  }

  @Override
  public List<Long> nearest(
      Connection connection, String tenant, float[] wanted, SqlText condition, int limit)
      throws SQLException {
    SqlText sql =
        new SqlText(
                "SELECT m.seq, m.id, m.vector FROM "
                    + tables.sql("{schema}.memories m")
                    + " WHERE m.tenant = ? AND NOT m.pruned AND m.vector IS NOT NULL AND ",
                tenant)
            .append(condition);
    PriorityQueue<Near> nearest = new PriorityQueue<>(FARTHEST_FIRST);
    try (PreparedStatement query = sql.prepare(connection)) {
      query.setFetchSize(FETCH);
      try (ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          double similarity = similarity(rows, "vector", wanted);
          nearest.add(new Near(rows.getLong("seq"), rows.getString("id"), similarity));
          if (nearest.size() > limit) {
            nearest.poll();
          }
        }
      }
    }
    return nearest.stream().map(Near::seq).toList();
  }

  @Override
  public SqlText column(float[] wanted) {
    return new SqlText(wanted.length == 0 ? "NULL::bytea" : "m.vector");
  }

  @Override
  public double similarity(ResultSet row, String column, float[] wanted) throws SQLException {
    return MemoryRecord.cosine(VectorColumn.read(row, column), wanted);
  }
}

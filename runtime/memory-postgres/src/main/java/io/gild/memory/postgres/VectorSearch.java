package io.gild.memory.postgres;

import io.gild.postgres.SqlText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Finds the memories whose vectors are nearest to a wanted one. Thread-safe. */
interface VectorSearch {

  /**
   * Finds memories that are not pruned.
   *
   * @param tenant key of the tenant
   * @param wanted of length 1
   * @param condition on a row {@code m}
   * @param limit the most memories
   * @return their numbers
   */
  List<Long> nearest(
      Connection connection, String tenant, float[] wanted, SqlText condition, int limit)
      throws SQLException;

  /**
   * Returns a column, from which {@link #similarity} reads the cosine.
   *
   * @param wanted of length 1, or without components
   * @return an expression of a row {@code m}
   */
  SqlText column(float[] wanted);

  /** Returns the cosine, from -1 to 1; 0 if one of the vectors has no components. */
  double similarity(ResultSet row, String column, float[] wanted) throws SQLException;
}

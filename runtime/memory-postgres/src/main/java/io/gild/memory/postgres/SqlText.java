package io.gild.memory.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL with the values of its parameters. Values never become part of the SQL. Mutable. */
final class SqlText {

  private final StringBuilder sql = new StringBuilder();
  private final List<@Nullable Object> values = new ArrayList<>();

  SqlText(String sql, @Nullable Object... values) {
    append(sql, values);
  }

  /**
   * Appends SQL.
   *
   * @param more SQL with a question mark for each value
   * @param moreValues texts, numbers and booleans; a collection of texts is a {@code text[]}, one
   *     of whole numbers a {@code bigint[]}
   * @return this
   */
  SqlText append(String more, @Nullable Object... moreValues) {
    sql.append(more);
    for (Object value : moreValues) {
      values.add(value);
    }
    return this;
  }

  SqlText append(SqlText other) {
    sql.append(other.sql);
    values.addAll(other.values);
    return this;
  }

  PreparedStatement prepare(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql.toString());
    try {
      for (int i = 0; i < values.size(); i++) {
        set(connection, statement, i + 1, values.get(i));
      }
      return statement;
    } catch (SQLException | RuntimeException failure) {
      statement.close();
      throw failure;
    }
  }

  private static void set(
      Connection connection, PreparedStatement statement, int index, @Nullable Object value)
      throws SQLException {
    if (value instanceof Collection<?> items) {
      Object[] array = items.toArray();
      boolean texts = array.length == 0 || array[0] instanceof String;
      statement.setArray(index, connection.createArrayOf(texts ? "text" : "int8", array));
    } else {
      statement.setObject(index, value);
    }
  }

  int execute(Connection connection) throws SQLException {
    try (PreparedStatement statement = prepare(connection)) {
      return statement.executeUpdate();
    }
  }

  @Override
  public String toString() {
    return sql.toString();
  }
}

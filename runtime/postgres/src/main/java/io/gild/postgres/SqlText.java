package io.gild.postgres;

import io.gild.config.Experimental;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SQL with the values of its parameters. Values never become part of the SQL. Mutable. */
@Experimental
public final class SqlText {

  private final StringBuilder sql = new StringBuilder();
  private final List<@Nullable Object> values = new ArrayList<>();

  /**
   * Begins with SQL.
   *
   * @param sql SQL with a question mark for each value
   * @param values as those of {@link #append}
   */
  public SqlText(String sql, @Nullable Object... values) {
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
  public SqlText append(String more, @Nullable Object... moreValues) {
    sql.append(more);
    for (Object value : moreValues) {
      values.add(value);
    }
    return this;
  }

  /**
   * Appends SQL with its values.
   *
   * @param other the SQL
   * @return this
   */
  public SqlText append(SqlText other) {
    sql.append(other.sql);
    values.addAll(other.values);
    return this;
  }

  /**
   * Makes a statement with the values.
   *
   * @param connection the connection
   * @return the statement, which the caller closes
   * @throws SQLException if PostgreSQL fails
   */
  public PreparedStatement prepare(Connection connection) throws SQLException {
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

  /**
   * Runs a statement that returns no rows.
   *
   * @param connection the connection
   * @return how many rows it changed
   * @throws SQLException if PostgreSQL fails
   */
  public int execute(Connection connection) throws SQLException {
    try (PreparedStatement statement = prepare(connection)) {
      return statement.executeUpdate();
    }
  }

  @Override
  public String toString() {
    return sql.toString();
  }
}

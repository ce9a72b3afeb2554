package io.gild.memory.postgres;

import io.gild.postgres.PostgresDatabase;
import io.gild.testkit.PgliteServer;
import io.gild.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Settings for the servers of tests, and SQL beside the store. */
final class Databases {

  private Databases() {}

  static PostgresDatabase settings(PostgresServer server, String schema) {
    return settings(server, schema, server.password(), Duration.ofSeconds(30), 4);
  }

  static PostgresDatabase settings(
      PostgresServer server, String schema, String password, Duration timeout, int connections) {
    return new PostgresDatabase(
        server.url(), server.user(), password, schema, timeout, connections);
  }

  static PostgresDatabase settings(PgliteServer server, String schema) {
    return new PostgresDatabase(server.url(), null, null, schema, Duration.ofSeconds(30), 1);
  }

  /** Opens a connection that commits each statement. */
  static Connection connect(PostgresServer server) throws SQLException {
    return DriverManager.getConnection(server.url(), server.user(), server.password());
  }

  static void execute(PostgresServer server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static long number(PostgresServer server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}

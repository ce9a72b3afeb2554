package io.gild.memory.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Lets a transaction take longer than the timeout of the settings. */
final class Patience {

  private Patience() {}

  /** What may take long. */
  interface Work {
    void run() throws SQLException;
  }

  static void run(Connection connection, Work work) throws SQLException {
    int usual = connection.getNetworkTimeout();
    connection.setNetworkTimeout(Runnable::run, 0);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0");
      work.run();
    } finally {
      if (!connection.isClosed()) {
        connection.setNetworkTimeout(Runnable::run, usual);
      }
    }
  }
}

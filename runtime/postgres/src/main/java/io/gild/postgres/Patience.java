package io.gild.postgres;

import io.gild.config.Experimental;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Lets a transaction take longer than the timeout of the settings. */
@Experimental
public final class Patience {

  private Patience() {}

  /** What may take long. */
  @FunctionalInterface
  public interface Work {

    /**
     * Runs it.
     *
     * @throws SQLException if PostgreSQL fails
     */
    void run() throws SQLException;
  }

  /**
   * Runs work without time limits.
   *
   * @param connection a connection, in a transaction
   * @param work the work
   * @throws SQLException if PostgreSQL fails
   */
  public static void run(Connection connection, Work work) throws SQLException {
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

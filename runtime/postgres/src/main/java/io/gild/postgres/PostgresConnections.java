package io.gild.postgres;

import io.gild.config.Experimental;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * A few connections to the database. Each transaction has one of its own; a broken one is replaced.
 * Thread-safe.
 */
@Experimental
public final class PostgresConnections implements AutoCloseable {

  /** So often a transaction runs that others' changes get in the way of. */
  private static final int TRIES = 20;

  /** So many timeouts may a transaction pause, as while this machine is stopped. */
  private static final long PAUSE = 12;

  /** The server gives up first, so that its reason is known. */
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final PostgresDatabase settings;
  private final PostgresFailure failures;
  private final Semaphore permits;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private boolean closed;

  /**
   * Connects when a transaction needs it.
   *
   * @param settings where PostgreSQL is
   * @param section the settings' place for messages, such as {@code memory.postgres}
   * @param exceptions makes the exceptions that are thrown
   */
  public PostgresConnections(PostgresDatabase settings, String section, Exceptions exceptions) {
    this.settings = settings;
    this.failures = new PostgresFailure(settings.place(), section, exceptions);
    this.permits = new Semaphore(settings.connections(), true);
  }

  /** Makes exceptions. */
  @FunctionalInterface
  public interface Exceptions {

    /**
     * Makes an exception.
     *
     * @param message what failed, where, and what to do
     * @param cause the cause, if any
     * @return the exception
     */
    RuntimeException of(String message, @Nullable Throwable cause);
  }

  /**
   * What runs in a transaction; again if another one got in its way.
   *
   * @param <T> what it returns
   */
  @FunctionalInterface
  public interface Work<T> {

    /**
     * Runs it; the caller commits.
     *
     * @param connection a connection without automatic commits
     * @return the result
     * @throws SQLException if PostgreSQL fails
     */
    T run(Connection connection) throws SQLException;
  }

  /**
   * Returns where the database is, for messages.
   *
   * @return host, port and database
   */
  public String place() {
    return settings.place();
  }

  /**
   * Runs a transaction and commits it.
   *
   * @param what what it does, for messages, such as {@code read memories}
   * @param work the transaction
   * @param <T> what it returns
   * @return its result
   * @throws RuntimeException of the {@link Exceptions} if PostgreSQL fails or does not answer
   */
  public <T> T run(String what, Work<T> work) {
    acquire(what);
    try {
      return retrying(what, work);
    } catch (SQLException failure) {
      throw failures.of(what, failure);
    } finally {
      permits.release();
    }
  }

  private void acquire(String what) {
    try {
      if (!permits.tryAcquire(settings.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
        throw failures.busy(what, settings.connections());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw failures.interrupted(what, interrupted);
    }
  }

  private <T> T retrying(String what, Work<T> work) throws SQLException {
    for (int i = 1; ; i++) {
      Connection known = takeIdle();
      Connection connection = known == null ? connect() : known;
      try {
        return once(what, work, connection);
      } catch (SQLException failure) {
        boolean stale = known != null && PostgresFailure.isBroken(failure);
        if (stale) {
          closeIdle(); // the others are as old, and a new one shows whether the server is there
        } else if (i == TRIES || !PostgresFailure.isConflict(failure)) {
          throw failure;
        }
      }
    }
  }

  private <T> T once(String what, Work<T> work, Connection connection) throws SQLException {
    boolean committing = false;
    boolean done = false;
    try {
      T result = work.run(connection);
      committing = true;
      connection.commit();
      done = true;
      return result;
    } catch (SQLException failure) {
      if (committing && PostgresFailure.isBroken(failure)) {
        throw failures.unknown(what, failure);
      }
      throw failure;
    } finally {
      giveBack(connection, done);
    }
  }

  private void giveBack(Connection connection, boolean done) {
    try {
      if (!done) {
        connection.rollback();
      }
      synchronized (idle) {
        if (!closed && !connection.isClosed()) {
          idle.push(connection);
          return;
        }
      }
    } catch (SQLException broken) {
      // it is closed below, and the failure before this one is thrown
    }
    close(connection);
  }

  private @Nullable Connection takeIdle() {
    synchronized (idle) {
      if (closed) {
        throw failures.closed();
      }
      return idle.poll();
    }
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    put(properties, "user", settings.user());
    put(properties, "password", settings.password());
    String seconds = String.valueOf(seconds(settings.timeout()));
    properties.setProperty("connectTimeout", seconds);
    properties.setProperty("loginTimeout", seconds);
    properties.setProperty(
        "socketTimeout", String.valueOf(seconds(settings.timeout().plus(GRACE))));
    properties.setProperty("ApplicationName", "gild");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("logServerErrorDetail", "false"); // may have what is stored
    Connection connection = new Driver().connect(settings.url(), properties);
    if (connection == null) {
      throw new SQLException("the driver does not know the URL", "08001");
    }
    try (Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      long millis = Math.max(1, Math.min(Integer.MAX_VALUE, settings.timeout().toMillis()));
      statement.execute(
          "SET statement_timeout = %d; SET idle_in_transaction_session_timeout = %d; SET jit = off"
              .formatted(millis, Math.min(Integer.MAX_VALUE, PAUSE * millis)));
      connection.commit();
      return connection;
    } catch (SQLException failure) {
      close(connection);
      throw failure;
    }
  }

  private static void put(Properties properties, String key, @Nullable String value) {
    if (value != null) {
      properties.setProperty(key, value);
    }
  }

  /** Rounds up, because zero is no limit. */
  private static long seconds(Duration duration) {
    return Math.min(Integer.MAX_VALUE / 1_000, duration.plusMillis(999).toSeconds());
  }

  private void closeIdle() {
    List<Connection> all;
    synchronized (idle) {
      all = new ArrayList<>(idle);
      idle.clear();
    }
    all.forEach(PostgresConnections::close);
  }

  private static void close(Connection connection) {
    try {
      connection.close();
    } catch (SQLException broken) {
      // the server notices
    }
  }

  /** Closes the connections; those in use when their transactions end. */
  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
    }
    closeIdle();
  }
}

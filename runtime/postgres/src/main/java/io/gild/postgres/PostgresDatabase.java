package io.gild.postgres;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * A database of a PostgreSQL server.
 *
 * @param url {@code jdbc:postgresql://host:port/database}, with the driver's options after a {@code
 *     ?}. Messages and {@link #toString} leave the options out.
 * @param user name of the user; {@code null} for that of the URL or of the operating system
 * @param password the password; {@code null} if the server needs none. Never printed.
 * @param schema the schema of the tables, which is created if it is missing; not blank
 * @param timeout longest time to connect, to wait for a connection, and for each statement
 * @param connections the most connections; 1 or more
 */
@Experimental
public record PostgresDatabase(
    String url,
    @Nullable String user,
    @Nullable String password,
    String schema,
    Duration timeout,
    int connections) {

  /** Settings that need not be given. */
  public static final Map<String, Object> DEFAULTS =
      Map.of(
          "url",
          "jdbc:postgresql://localhost/gild",
          "schema",
          "gild",
          "timeout",
          "5s",
          "connections",
          4L);

  private static final int LONGEST_NAME = 63;

  /** Checks the values. */
  public PostgresDatabase {
    if (Driver.parseURL(url, null) == null) {
      throw new IllegalArgumentException(
          "url must be such as jdbc:postgresql://host:port/database, but is " + place(url));
    }
    if (schema.isBlank() || schema.indexOf('\0') >= 0 || schema.length() > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "schema must have 1 to " + LONGEST_NAME + " characters, but is \"" + schema + "\"");
    }
    Require.positive(timeout, "timeout");
    Require.atLeast(1, connections, "connections");
  }

  /**
   * Returns where the database is, for messages.
   *
   * @return host, port and database
   */
  public String place() {
    return place(url);
  }

  /** Leaves out what may be a password. */
  private static String place(String url) {
    String place = url.split("\\?", 2)[0].replaceFirst("^jdbc:postgresql:(//)?", "");
    return place.substring(place.lastIndexOf('@') + 1);
  }

  @Override
  public String toString() {
    return "PostgresDatabase[url=%s, user=%s, schema=%s, timeout=%s, connections=%d]"
        .formatted(place(), user, schema, timeout, connections);
  }
}

package io.gild.postgres;

import io.gild.config.Experimental;
import io.gild.postgres.PostgresConnections.Exceptions;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains failures of PostgreSQL: what failed, where, and what to do. */
@Experimental
public final class PostgresFailure {

  /** What an SQLSTATE begins with, and what to do about it. */
  private record State(String start, String remedy) {}

  private static final List<State> STATES =
      List.of(
          new State(
              "28",
              "It rejected the user or the password: correct {section}.user and {section}.password"),
          new State("3D000", "Create the database, or correct {section}.url"),
          new State(
              "42501",
              "The user lacks permissions: it must own the schema {section}.schema, or be allowed to create it"),
          new State(
              "53300",
              "It has too many clients: lower {section}.connections, or raise its max_connections"),
          new State("53100", "Its disk is full: free space there"),
          new State(
              "57014",
              "A statement took longer than {section}.timeout: see the load and the locks of the server, or raise the timeout"),
          new State(
              "25P03",
              "A transaction paused for longer than 12 times {section}.timeout: see the load of this machine"),
          new State("25006", "It is a read-only replica: name its primary in {section}.url"),
          new State("57P03", "It is starting or stopping: try again when it is ready"),
          new State("40", "Other writers were always faster: try again"),
          new State("23505", "Other writers were always faster: try again"),
          new State("22003", "A number is out of the range of PostgreSQL's numeric"),
          new State(
              "42P01",
              "Its tables were dropped: try again, so that they are made anew, or restore them"));

  private final String place;
  private final String section;
  private final Exceptions exceptions;

  PostgresFailure(String place, String section, Exceptions exceptions) {
    this.place = place;
    this.section = section;
    this.exceptions = exceptions;
  }

  RuntimeException of(String what, SQLException failure) {
    return exceptions.of(
        "Cannot %s in PostgreSQL at %s: %s. %s."
            .formatted(what, place, reason(failure), remedy(failure).replace("{section}", section)),
        failure);
  }

  RuntimeException busy(String what, int connections) {
    return exceptions.of(
        "Cannot %s in PostgreSQL at %s: all %d connections are in use. Raise %s.connections, or see the load of the server."
            .formatted(what, place, connections, section),
        null);
  }

  RuntimeException interrupted(String what, InterruptedException interrupted) {
    return exceptions.of(
        "Cannot %s in PostgreSQL at %s: interrupted.".formatted(what, place), interrupted);
  }

  RuntimeException closed() {
    return exceptions.of("The connections to PostgreSQL at %s are closed".formatted(place), null);
  }

  /** The answer to a commit was lost, so that only the server knows whether it was made. */
  RuntimeException unknown(String what, SQLException failure) {
    return exceptions.of(
        "It is unknown whether PostgreSQL at %s did %s: the connection broke while it committed (%s). It did so as a whole or not at all: add again what is missing."
            .formatted(place, what, reason(failure)),
        failure);
  }

  /** Returns whether the connection cannot be used any more. */
  static boolean isBroken(SQLException failure) {
    String state = state(failure);
    return state.startsWith("08") || state.startsWith("57P") || state.equals("25P03");
  }

  /** Returns whether the transaction may succeed when it runs again. */
  static boolean isConflict(SQLException failure) {
    String state = state(failure);
    return state.equals("23505") || state.equals("40001") || state.equals("40P01");
  }

  /**
   * Returns whether a table or its schema is missing.
   *
   * @param failure a failure of PostgreSQL
   * @return whether to create it
   */
  public static boolean isMissingTable(SQLException failure) {
    return state(failure).equals("42P01") || state(failure).equals("3F000");
  }

  private static String state(SQLException failure) {
    @Nullable String state = failure.getSQLState();
    return state == null ? "" : state;
  }

  /** Returns the first line of the message; the lines after it may have what is stored. */
  private static String reason(SQLException failure) {
    if (has(UnknownHostException.class, failure)) {
      return "unknown host";
    }
    String reason = String.valueOf(failure.getMessage());
    reason = reason.lines().findFirst().orElse(reason).replaceFirst("^(FATAL|ERROR): ", "").strip();
    return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
  }

  private static String remedy(SQLException failure) {
    if (has(SocketTimeoutException.class, failure)) {
      return "It did not answer in time: see its load, or raise {section}.timeout";
    }
    String state = state(failure);
    for (State known : STATES) {
      if (state.startsWith(known.start())) {
        return known.remedy();
      }
    }
    return isBroken(failure)
        ? "Start PostgreSQL, or correct {section}.url"
        : "See the log of PostgreSQL";
  }

  private static boolean has(Class<? extends Exception> type, SQLException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }
}

package io.gild.redis;

import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.NoSuchElementException;
import javax.net.ssl.SSLException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/** Explains failures of Redis: what failed, where, and what to do. */
final class RedisFailure {

  /** What an answer of Redis begins with, and what to do about it. */
  private record Answer(String start, String remedy) {}

  private static final List<Answer> ANSWERS =
      List.of(
          new Answer("OOM", "It is full: raise its maxmemory, or {relief}"),
          new Answer("READONLY", "It is a read-only replica: name its primary in {section}.url"),
          new Answer(
              "WRONGPASS", "It rejected the user or the password: correct them in {section}.url"),
          new Answer(
              "NOAUTH",
              "It requires a password: give one in {section}.url, as in redis://user:password@host:port"),
          new Answer("ERR AUTH", "It rejected the password: correct or remove it in {section}.url"),
          new Answer(
              "NOPERM",
              "The user lacks permissions: it needs the keys of {section}.prefix and the commands +@read +@write +@scripting"),
          new Answer("LOADING", "It is reading its data from the disk: try again when it is ready"),
          new Answer("BUSY", "Another client's script blocks it: wait, or send it SCRIPT KILL"),
          new Answer(
              "MISCONF", "It cannot write to its disk: see its log, and free space on the disk"),
          new Answer("NOREPLICAS", "Too few of its replicas are connected: start them"),
          new Answer("CLUSTERDOWN", "Its cluster is down: see CLUSTER INFO"),
          new Answer("MOVED", "It is a node of a cluster: give Gild a RedisClusterClient in code"),
          new Answer(
              "WRONGTYPE",
              "Another application uses the same keys: give this one its own {section}.prefix"),
          new Answer(
              "ERR DB index", "It has no such database: correct its number in {section}.url"));

  private RedisFailure() {}

  static RuntimeException of(
      RedisPurpose purpose, String what, String place, JedisException failure) {
    String remedy =
        remedy(failure)
            .replace("{section}", purpose.section())
            .replace("{relief}", purpose.relief());
    return purpose
        .failure()
        .apply(
            "Cannot %s in Redis at %s: %s. %s.".formatted(what, place, reason(failure), remedy),
            failure);
  }

  static boolean isTimeout(JedisException failure) {
    return has(SocketTimeoutException.class, failure);
  }

  static boolean isInterrupted(JedisException failure) {
    return has(InterruptedException.class, failure);
  }

  private static boolean has(Class<? extends Exception> type, JedisException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the first line of the innermost message. */
  private static String reason(JedisException failure) {
    String reason = failure.getClass().getSimpleName();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
        reason = cause.getMessage();
      }
      if (cause instanceof UnknownHostException) {
        reason = "unknown host";
      }
    }
    for (Throwable suppressed : failure.getSuppressed()) {
      if (suppressed.getMessage() != null) {
        reason = suppressed.getMessage(); // why it could not connect to an address
      }
    }
    reason = reason.lines().findFirst().orElse(reason).strip();
    return reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
  }

  private static String remedy(JedisException failure) {
    if (isTimeout(failure)) {
      return "It did not answer in time: see its load, or raise {section}.timeout";
    }
    if (has(SSLException.class, failure)) {
      return "Add its certificate to the JVM's trust store (javax.net.ssl.trustStore), or correct {section}.url";
    }
    String answer = String.valueOf(failure.getMessage());
    for (Answer known : ANSWERS) {
      if (answer.startsWith(known.start())) {
        return known.remedy();
      }
    }
    if (has(NoSuchElementException.class, failure)) {
      return "All connections are in use: see the load of Redis, or raise {section}.timeout";
    }
    return failure instanceof JedisConnectionException
        ? "Start Redis, or correct {section}.url"
        : "See the log of Redis";
  }
}

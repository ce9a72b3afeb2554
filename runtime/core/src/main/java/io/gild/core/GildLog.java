package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Printable;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The log of Gild's own failures: one line, once per cause.
 *
 * <p>Lines go to standard error until {@link #redirect} gives them a better place; no logging
 * system is started for them, because an application may not have chosen its own yet.
 */
@Experimental
public final class GildLog {

  private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();
  private static final int SEEN_LIMIT = 1_000;

  private static volatile BiConsumer<String, @Nullable Throwable> sink = GildLog::standardError;

  private GildLog() {}

  /**
   * Redirects all later lines.
   *
   * @param newSink takes a line and its cause
   */
  public static void redirect(BiConsumer<String, @Nullable Throwable> newSink) {
    sink = newSink;
  }

  /**
   * Logs a line.
   *
   * @param message the line
   */
  public static void info(String message) {
    sink.accept(Printable.of(message), null);
  }

  /**
   * Logs a line only once.
   *
   * @param message the line
   */
  public static void infoOnce(String message) {
    if (SEEN.size() < SEEN_LIMIT && SEEN.add(message)) {
      info(message);
    }
  }

  /**
   * Logs that Gild itself failed and stepped aside; the same place and cause is logged once.
   *
   * @param place the operation that failed
   * @param failure what went wrong
   */
  public static void faultOnce(String place, Throwable failure) {
    String key = place + failure.getClass().getName();
    if (SEEN.size() < SEEN_LIMIT && SEEN.add(key)) {
      try {
        sink.accept(Printable.of(place + " failed, Gild steps aside: " + failure), failure);
      } catch (Throwable ignored) {
        // A broken sink must not break the application either.
      }
    }
  }

  private static void standardError(String message, @Nullable Throwable cause) {
    System.err.println("[gild] " + message);
  }
}

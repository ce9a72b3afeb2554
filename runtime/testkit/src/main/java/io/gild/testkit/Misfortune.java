package io.gild.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** The faults that occur before there is an answer. */
final class Misfortune {

  private Misfortune() {}

  /** Fails the request if its fault is of this kind; returns whether it failed the request. */
  static boolean strikes(
      Fault fault,
      Conduct conduct,
      WireFormat format,
      WireResponse response,
      RequestLog.Entry entry)
      throws IOException {
    switch (fault) {
      case OK, CUT_STREAM, STALL_STREAM, MALFORMED_EVENT -> {
        return false;
      }
      case RESET -> {
        entry.completed(0);
        response.reset();
      }
      case STALL -> {
        response.stall(conduct.stall());
        entry.completed(0);
      }
      case STATUS_429 -> {
        entry.completed(429);
        String body = format.error(429, "Rate limit reached. Please retry later.");
        response.send(429, "application/json", body, retryAfter(conduct.retryAfter()));
      }
      case STATUS_500, STATUS_503, OUTAGE -> {
        entry.completed(fault.status());
        String body = format.error(fault.status(), "The server had an error: " + fault);
        response.send(fault.status(), "application/json", body, Map.of());
      }
    }
    return true;
  }

  private static Map<String, String> retryAfter(Duration wait) {
    long seconds = wait.plusNanos(999_999_999).toSeconds();
    return Map.of(
        "Retry-After", Long.toString(seconds), "retry-after-ms", Long.toString(wait.toMillis()));
  }
}

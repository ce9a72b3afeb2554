package io.gild.weaver;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Reads how long a server asks its client to wait. */
final class RetryAfter {

  /** Looks up a header of a response. */
  @FunctionalInterface
  interface Headers {
    @Nullable Object first(String name) throws Throwable;
  }

  private RetryAfter() {}

  /**
   * Reads {@code retry-after-ms} or, without it, {@code Retry-After}.
   *
   * @param headers the response's
   * @return milliseconds; 0 if the server does not say
   */
  static long millis(Headers headers) {
    try {
      Object exact = headers.first("retry-after-ms");
      if (exact != null) {
        return Math.max(0, (long) Double.parseDouble(exact.toString()));
      }
      Object rounded = headers.first("Retry-After");
      return rounded == null ? 0 : Math.max(0, parse(rounded.toString().trim()));
    } catch (Throwable unreadable) {
      return 0;
    }
  }

  private static long parse(String value) throws DateTimeParseException {
    return Character.isDigit(value.charAt(0))
        ? Duration.ofSeconds(Long.parseLong(value)).toMillis()
        : Duration.between(
                ZonedDateTime.now(java.time.ZoneOffset.UTC),
                ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME))
            .toMillis();
  }
}

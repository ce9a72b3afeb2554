package io.gild.clients;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how long a server requires its client to wait. */
final class RetryAfter {

  /** Looks up a header of a response. */
  @FunctionalInterface
  interface Headers {
    @Nullable Object first(String name) throws Throwable;
  }

  /** Clients ignore a longer wait; it must not overflow. */
  private static final long LONGEST = 365L * 24 * 60 * 60 * 1000;

  /** A number; a header that was sent twice may arrive as two numbers with a comma between them. */
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,30}(?:\\.\\d{0,30})?)\\s*(?:,.*)?");

  private static final String TIME = "(?<hour>\\d{2}):(?<minute>\\d{2}):(?<second>\\d{2})";

  /**
   * The forms of HTTP dates (RFC 9110, section 5.6.7): that of RFC 1123, and those of RFC 850 and
   * of C's {@code asctime}, which are deprecated but must be accepted. The name of the day is
   * redundant.
   */
  private static final Pattern DATE =
      Pattern.compile(
          "(?:\\p{Alpha}+,?\\s+)?(?<day>\\d{1,2})[\\s-](?<month>\\p{Alpha}{3})[\\s-](?<year>\\d{4}|\\d{2})\\s+"
              + TIME
              + "(?:\\s+(?:GMT|UTC|UT|Z|(?<offset>[+-]\\d{4})))?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern ASCTIME =
      Pattern.compile(
          "\\p{Alpha}+\\s+(?<month>\\p{Alpha}{3})\\s+(?<day>\\d{1,2})\\s+"
              + TIME
              + "\\s+(?<year>\\d{4})(?<offset>)",
          Pattern.CASE_INSENSITIVE);

  private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

  private RetryAfter() {}

  /**
   * Reads {@code retry-after-ms} or, without a readable one, {@code Retry-After}.
   *
   * @param headers the response's
   * @return milliseconds, a year at most; 0 if the header is missing
   */
  static long millis(Headers headers) {
    return millis(headers, Instant.now());
  }

  static long millis(Headers headers, Instant now) {
    Long exact = number(first(headers, "retry-after-ms"), 1);
    if (exact != null) {
      return exact;
    }
    String rounded = first(headers, "Retry-After");
    Long seconds = number(rounded, 1_000);
    return seconds != null ? seconds : until(rounded, now);
  }

  /** Returns a header's value without blanks around it; empty if it is missing. */
  static String first(Headers headers, String name) {
    try {
      Object value = headers.first(name);
      return value == null ? "" : value.toString().trim();
    } catch (Throwable unreadable) {
      return "";
    }
  }

  private static @Nullable Long number(String value, int unit) {
    Matcher matcher = NUMBER.matcher(value);
    return matcher.matches()
        ? new BigDecimal(matcher.group(1))
            .multiply(BigDecimal.valueOf(unit))
            .min(BigDecimal.valueOf(LONGEST))
            .longValue()
        : null;
  }

  private static long until(String value, Instant now) {
    Matcher date = DATE.matcher(value);
    Matcher matcher = date.matches() ? date : ASCTIME.matcher(value);
    if (!matcher.matches()) {
      return 0;
    }
    try {
      long millis = date(matcher, now).toEpochMilli() - now.toEpochMilli();
      return Math.max(0, Math.min(LONGEST, millis));
    } catch (DateTimeException noDate) {
      return 0;
    }
  }

  private static Instant date(Matcher matcher, Instant now) {
    int at = MONTHS.indexOf(matcher.group("month").toLowerCase(Locale.ROOT));
    int month = at >= 0 && at % 3 == 0 ? at / 3 + 1 : 0; // month 0 does not exist
    LocalDateTime time =
        LocalDateTime.of(
            year(matcher.group("year"), now),
            month,
            Integer.parseInt(matcher.group("day")),
            Integer.parseInt(matcher.group("hour")),
            Integer.parseInt(matcher.group("minute")),
            Math.min(59, Integer.parseInt(matcher.group("second")))); // 60 is a leap second
    String offset = matcher.group("offset");
    return time.toInstant(
        offset == null || offset.isEmpty() ? ZoneOffset.UTC : ZoneOffset.of(offset));
  }

  /** Reads two digits as the year that is no more than 50 years ahead (RFC 9110). */
  private static int year(String text, Instant now) {
    int year = Integer.parseInt(text);
    if (text.length() == 4) {
      return year;
    }
    int present = now.atOffset(ZoneOffset.UTC).getYear();
    int likely = present - present % 100 + year;
    return likely > present + 50 ? likely - 100 : likely;
  }
}

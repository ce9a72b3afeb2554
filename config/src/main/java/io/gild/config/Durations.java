package io.gild.config;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;

/**
 * Reads durations: {@code "500ms"}, {@code "2s"}, {@code "5m"}, {@code "1h"}, {@code "1d"}, ISO.
 */
@Experimental
public final class Durations {

  /** Longer ones are typing mistakes, and overflow the nanoseconds that clocks count. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Durations() {}

  /**
   * Reads a duration.
   *
   * @param text a number and one of ns, us, ms, s, m, h, d ({@code "1.5s"} too), or ISO-8601 such
   *     as {@code "PT1H30M"}
   * @return the duration
   * @throws IllegalArgumentException if the text is neither, or is more than 100 years; the message
   *     is a sentence without a subject: {@code must be a duration such as ..., but is "soon"}
   */
  public static Duration parse(String text) {
    Duration duration = read(text);
    if (duration.compareTo(LONGEST) > 0 || duration.negated().compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "must be a duration of at most 36500d (100 years), but is \"" + text + "\"");
    }
    return duration;
  }

  private static Duration read(String text) {
    String trimmed = text.trim();
    try {
      if (trimmed.startsWith("P") || trimmed.startsWith("-P") || trimmed.startsWith("+P")) {
        return Duration.parse(trimmed);
      }
      int unit = trimmed.length();
      while (unit > 0 && !isDigit(trimmed.charAt(unit - 1))) {
        unit--;
      }
      BigDecimal amount = new BigDecimal(trimmed.substring(0, unit));
      BigDecimal nanos = amount.multiply(nanosOf(trimmed.substring(unit).trim()));
      return Duration.ofSeconds(
          nanos.movePointLeft(9).toBigInteger().longValueExact(),
          nanos.remainder(BigDecimal.valueOf(1_000_000_000)).longValueExact());
    } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "must be a duration such as \"500ms\", \"2s\", \"5m\", \"1h\" or \"PT1H\", but is \""
              + text
              + "\"",
          e);
    }
  }

  /**
   * Writes a duration the way it is read.
   *
   * @param duration a duration
   * @return a whole number and the largest unit that divides it, such as {@code "90s"}
   */
  public static String format(Duration duration) {
    if (duration.isZero()) {
      return "0s";
    }
    String[] units = {"d", "h", "m", "s", "ms", "us"};
    BigDecimal nanos =
        BigDecimal.valueOf(duration.getSeconds())
            .movePointRight(9)
            .add(BigDecimal.valueOf(duration.getNano()));
    for (String unit : units) {
      if (nanos.remainder(nanosOf(unit)).signum() == 0) {
        return nanos.divideToIntegralValue(nanosOf(unit)).toBigInteger() + unit;
      }
    }
    return nanos.toBigInteger() + "ns";
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static BigDecimal nanosOf(String unit) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "ns" -> 1L;
          case "us" -> 1_000L;
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          case "d" -> 86_400_000_000_000L;
          default -> throw new IllegalArgumentException("unknown unit \"" + unit + "\"");
        });
  }
}

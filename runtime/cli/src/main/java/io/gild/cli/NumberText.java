package io.gild.cli;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Formats numbers for people. */
final class NumberText {

  private NumberText() {}

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Writes a number of things, such as {@code 1 call} or {@code 1,204 calls}. */
  static String count(long number, String thing) {
    return count(number) + " " + thing + (number == 1 ? "" : "s");
  }

  static String percent(long part, long whole) {
    return String.format(Locale.ROOT, "%.1f %%", whole == 0 ? 0 : 100.0 * part / whole);
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
  }

  static String millis(double millis) {
    return millis >= 10_000
        ? String.format(Locale.ROOT, "%.1f s", millis / 1_000)
        : String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
  }

  /** Writes dollars: whole cents above ten dollars, three digits below. */
  static String dollars(BigDecimal usd) {
    BigDecimal rounded =
        usd.compareTo(BigDecimal.TEN) >= 0
            ? usd.setScale(2, RoundingMode.HALF_UP)
            : usd.round(new MathContext(3, RoundingMode.HALF_UP));
    return "$" + (rounded.signum() == 0 ? "0" : rounded.toPlainString());
  }
}

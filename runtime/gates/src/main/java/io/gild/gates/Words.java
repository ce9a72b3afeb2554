package io.gild.gates;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Formats figures for readers, in the same way in every message and report. */
final class Words {

  private Words() {}

  /** Returns a text such as {@code 71.7 %}. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", Math.round(share * 1000) / 10.0);
  }

  /** Returns a text such as {@code 71.7 %}, but never rounds up to a bound that was not reached. */
  static String percent(double share, double bound) {
    boolean misleading = share < bound - 1e-12 && Math.round(share * 1000) / 1000.0 >= bound;
    return misleading ? percent(share - 0.0005) : percent(share);
  }

  /** Returns a text such as {@code 95 %} or {@code 97.5 %}. */
  static String confidence(double share) {
    return BigDecimal.valueOf(share * 100)
            .round(new MathContext(6))
            .stripTrailingZeros()
            .toPlainString()
        + " %";
  }

  /** Returns a text such as {@code $0.0123}, with three significant digits. */
  static String usd(double amount) {
    if (amount == 0) {
      return "$0";
    }
    int digits = (int) Math.max(2, 2 - Math.floor(Math.log10(Math.abs(amount))));
    return (amount < 0 ? "-$" : "$")
        + String.format(Locale.ROOT, "%." + Math.min(9, digits) + "f", Math.abs(amount));
  }

  /** Returns a text such as {@code 840 ms} or {@code 2.50 s}. */
  static String time(Duration time) {
    double millis = time.toNanos() / 1e6;
    if (Math.abs(millis) < 10) {
      return String.format(Locale.ROOT, "%.1f ms", millis);
    }
    return Math.abs(millis) < 1000
        ? Math.round(millis) + " ms"
        : String.format(Locale.ROOT, "%.2f s", millis / 1000);
  }

  static String seconds(double seconds) {
    return time(Duration.ofNanos(Math.round(seconds * 1e9)));
  }

  /** Returns {@code 1 task} or {@code 3 tasks}. */
  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  /** Names the first few of many. */
  static String list(Collection<?> items, int most) {
    String named =
        items.stream().limit(most).map(String::valueOf).collect(Collectors.joining(", "));
    return items.size() > most ? named + " and " + (items.size() - most) + " more" : named;
  }
}

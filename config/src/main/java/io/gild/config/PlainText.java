package io.gild.config;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Reads the values that YAML and JSON write without quotes. */
final class PlainText {

  private PlainText() {}

  /** Gives an unquoted text its type: {@code null}, a boolean, a number, or the text itself. */
  static @Nullable Object of(String text) {
    return switch (text) {
      case "", "~", "null", "Null", "NULL" -> null;
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> {
        Object number = number(text);
        yield number == null ? text : number;
      }
    };
  }

  /**
   * Reads a number as JSON writes it; returns {@code null} for any other text, such as 007 or
   * 1_000.
   */
  static @Nullable Object number(String text) {
    int at = text.startsWith("-") ? 1 : 0;
    int start = at;
    at = digits(text, at);
    if (at == start || (text.charAt(start) == '0' && at > start + 1)) {
      return null;
    }
    boolean whole = at == text.length();
    if (at < text.length() && text.charAt(at) == '.') {
      start = at + 1;
      at = digits(text, start);
      if (at == start) {
        return null;
      }
    }
    if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
      start = at + 1;
      if (start < text.length() && (text.charAt(start) == '+' || text.charAt(start) == '-')) {
        start++;
      }
      at = digits(text, start);
      if (at == start || at - start > 3) {
        return null;
      }
    }
    if (at < text.length()) {
      return null;
    }
    BigDecimal value = new BigDecimal(text);
    if (whole && value.precision() <= 18) {
      return value.longValueExact();
    }
    return value;
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}

package io.gild.a2a;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes JSON in the one form of the JSON Canonicalization Scheme (RFC 8785). */
final class CanonicalJson {

  private static final int MOST_DIGITS = 17;

  private CanonicalJson() {}

  static String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void write(@Nullable Object value, StringBuilder out) {
    if (value instanceof Map<?, ?> map) {
      writeMap(map, out);
    } else if (value instanceof List<?> list) {
      String separator = "[";
      for (Object item : list) {
        write(item, out.append(separator));
        separator = ",";
      }
      out.append(list.isEmpty() ? "[]" : "]");
    } else if (value instanceof Number number) {
      out.append(number(number));
    } else if (value == null || value instanceof Boolean) {
      out.append(value);
    } else {
      quote(value.toString(), out);
    }
  }

  /** Names are ordered by their UTF-16 units, as Java orders texts. */
  private static void writeMap(Map<?, ?> map, StringBuilder out) {
    Map<String, @Nullable Object> sorted = new TreeMap<>();
    map.forEach((name, value) -> sorted.put(String.valueOf(name), value));
    String separator = "{";
    for (Map.Entry<String, @Nullable Object> entry : sorted.entrySet()) {
      quote(entry.getKey(), out.append(separator));
      write(entry.getValue(), out.append(':'));
      separator = ",";
    }
    out.append(sorted.isEmpty() ? "{}" : "}");
  }

  /** Writes a number as ECMAScript does (section 6.1.6.1.20). */
  static String number(Number number) {
    double value = number.doubleValue();
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a number of JSON must be finite, but is " + number);
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal shortest = shortest(Math.abs(value)).stripTrailingZeros();
    String digits = shortest.unscaledValue().toString();
    int point = digits.length() - shortest.scale();
    String sign = value < 0 ? "-" : "";
    if (point > 0 && point <= 21) {
      return sign
          + (digits.length() <= point
              ? digits + "0".repeat(point - digits.length())
              : digits.substring(0, point) + "." + digits.substring(point));
    }
    if (point > -6 && point <= 0) {
      return sign + "0." + "0".repeat(-point) + digits;
    }
    String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
    int exponent = point - 1;
    return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "" : "+") + exponent;
  }

  /** Returns the fewest digits that are read as the value; older JDKs print more of some. */
  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 1; digits < MOST_DIGITS; digits++) {
      BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == value) {
        return rounded;
      }
    }
    return exact.round(new MathContext(MOST_DIGITS, RoundingMode.HALF_EVEN));
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append("\\u00").append(Character.forDigit(c >> 4, 16));
            out.append(Character.forDigit(c & 15, 16));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}

package io.gild.vectors;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The values that metadata may have: texts, booleans, and numbers that compare by value. */
final class Metadata {

  private Metadata() {}

  /**
   * Checks the metadata of an entry.
   *
   * @return a copy, in which each number is a {@link BigDecimal}
   */
  static Map<String, Object> checked(String owner, Map<String, ?> metadata) {
    Map<String, Object> checked = new TreeMap<>();
    metadata.forEach((key, value) -> checked.put(key, checked(owner, key, value)));
    return Map.copyOf(checked);
  }

  private static Object checked(String owner, String key, @Nullable Object value) {
    if (value instanceof String || value instanceof Boolean) {
      return value;
    }
    BigDecimal number = value instanceof Number given ? number(given) : null;
    if (number == null) {
      throw new IllegalArgumentException(
          "metadata \"%s\" of %s must be a text, a finite number or a boolean, but is %s"
              .formatted(key, owner, value));
    }
    return number;
  }

  /** Returns a value of a condition in the form that metadata have. */
  static Object value(Object value) {
    BigDecimal number = value instanceof Number given ? number(given) : null;
    return number == null ? value : number;
  }

  /** Returns a number by its value, without zeros at its end; null if it is not finite. */
  static @Nullable BigDecimal number(Number number) {
    if (number instanceof BigDecimal decimal) {
      return decimal.stripTrailingZeros();
    }
    if (number instanceof BigInteger integer) {
      return new BigDecimal(integer).stripTrailingZeros();
    }
    if (number instanceof Double || number instanceof Float) {
      return Double.isFinite(number.doubleValue())
          ? new BigDecimal(number.toString()).stripTrailingZeros()
          : null;
    }
    return BigDecimal.valueOf(number.longValue()).stripTrailingZeros();
  }
}

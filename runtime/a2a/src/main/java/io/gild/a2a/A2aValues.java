package io.gild.a2a;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks and copies what the records are made of. */
final class A2aValues {

  private static final int MOST_DEPTH = 200;

  private A2aValues() {}

  static String notEmpty(String value, String name) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " must not be empty");
    }
    return value;
  }

  /** Returns the text, or null in place of an empty one, which stands for an absent one. */
  static @Nullable String textOrNull(@Nullable String value) {
    return value == null || value.isEmpty() ? null : value;
  }

  static <T> List<T> notEmpty(List<T> values, String name) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(name + " must contain at least one element");
    }
    return List.copyOf(values);
  }

  /** Copies an object of JSON to the bottom, in its order. */
  static Map<String, Object> object(Map<String, ?> values) {
    return values.isEmpty() ? Map.of() : copyMap(values, 1);
  }

  /** Copies a value of JSON to the bottom. */
  static @Nullable Object json(@Nullable Object value) {
    return copy(value, 1);
  }

  private static @Nullable Object copy(@Nullable Object value, int depth) {
    if (depth > MOST_DEPTH) {
      throw new IllegalArgumentException(
          "a JSON value must not be nested deeper than " + MOST_DEPTH + " levels");
    }
    if (value instanceof Map<?, ?> map) {
      return copyMap(map, depth + 1);
    }
    if (value instanceof Iterable<?> list) {
      List<@Nullable Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(copy(item, depth + 1)));
      return Collections.unmodifiableList(copy);
    }
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Long
        || value instanceof BigDecimal) {
      return value;
    }
    if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Double || value instanceof Float) {
      return decimal(((Number) value).doubleValue());
    }
    throw new IllegalArgumentException(
        "a JSON value must be made of maps, lists, texts, numbers and booleans, but contains a "
            + value.getClass().getName());
  }

  private static Object decimal(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a number of JSON must be finite, but is " + value);
    }
    return BigDecimal.valueOf(value);
  }

  private static Map<String, Object> copyMap(Map<?, ?> map, int depth) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), copy(value, depth)));
    @SuppressWarnings("NullAway") // a null inside is JSON's own, and read as such
    Map<String, Object> view = Collections.unmodifiableMap(copy);
    return view;
  }
}

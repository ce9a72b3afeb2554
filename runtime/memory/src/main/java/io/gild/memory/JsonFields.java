package io.gild.memory;

import io.gild.config.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads fields of JSON objects; a message names the field and what it was. */
final class JsonFields {

  private JsonFields() {}

  static Map<String, Object> read(String text) {
    return object(Json.read(text));
  }

  static String text(Map<?, ?> json, String field) {
    if (json.get(field) instanceof String text) {
      return text;
    }
    throw unexpected(json, field, "a text");
  }

  static String text(Map<?, ?> json, String field, String absent) {
    return json.get(field) == null ? absent : text(json, field);
  }

  static long number(Map<?, ?> json, String field, long absent) {
    Object value = json.get(field);
    if (value == null) {
      return absent;
    }
    if (value instanceof Long number) {
      return number;
    }
    throw unexpected(json, field, "a whole number");
  }

  static double decimal(Map<?, ?> json, String field, double absent) {
    Object value = json.get(field);
    if (value == null) {
      return absent;
    }
    if (value instanceof Long || value instanceof BigDecimal) {
      return ((Number) value).doubleValue();
    }
    throw unexpected(json, field, "a number");
  }

  static Instant instant(Map<?, ?> json, String field) {
    try {
      return Instant.parse(text(json, field));
    } catch (DateTimeException invalid) {
      throw unexpected(json, field, "a time such as 2026-01-31T12:00:00Z");
    }
  }

  static @Nullable Instant instantOrNull(Map<?, ?> json, String field) {
    return json.get(field) == null ? null : instant(json, field);
  }

  static Map<String, Object> object(Map<?, ?> json, String field) {
    Object value = json.get(field);
    if (value == null || value instanceof Map<?, ?>) {
      return value == null ? Map.of() : object(value);
    }
    throw unexpected(json, field, "an object");
  }

  static Map<String, Object> object(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalArgumentException("expected a JSON object, but found " + value);
    }
    Map<String, Object> object = new LinkedHashMap<>();
    map.forEach((key, item) -> object.put(String.valueOf(key), item));
    return object;
  }

  static List<?> list(Map<?, ?> json, String field) {
    Object value = json.get(field);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw unexpected(json, field, "a list");
  }

  private static IllegalArgumentException unexpected(Map<?, ?> json, String field, String wanted) {
    return new IllegalArgumentException(
        "\"%s\" must be %s, but is %s".formatted(field, wanted, Json.write(json.get(field))));
  }
}

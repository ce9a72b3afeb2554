package io.gild.a2a;

import io.gild.config.Json;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON object by their names in camel case; those in snake case are found as
 * well. A message names the field with its place.
 */
final class A2aFields {

  private static final int SHOWN = 100;

  private final Map<?, ?> json;
  private final String place;

  private A2aFields(Map<?, ?> json, String place) {
    this.json = json;
    this.place = place;
  }

  static A2aFields of(@Nullable Object value, String place) {
    if (value instanceof Map<?, ?> map) {
      return new A2aFields(map, place);
    }
    throw new IllegalArgumentException(
        (place.isEmpty() ? "the value" : place) + " must be an object, but is " + shown(value));
  }

  boolean has(String name) {
    return json.containsKey(name) || json.containsKey(snake(name));
  }

  /** Returns the value of a field; an absent one and JSON's null are alike. */
  @Nullable Object get(String name) {
    Object value = json.get(name);
    return value == null ? json.get(snake(name)) : value;
  }

  String text(String name) {
    String text = textOrNull(name);
    if (text == null || text.isEmpty()) {
      throw new PlacedException(at(name) + " is required, but absent", null);
    }
    return text;
  }

  String text(String name, String absent) {
    String text = textOrNull(name);
    return text == null ? absent : text;
  }

  @Nullable String textOrNull(String name) {
    Object value = get(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw unexpected(name, "a text", value);
  }

  boolean flag(String name, boolean absent) {
    Object value = get(name);
    if (value == null || value instanceof Boolean) {
      return value == null ? absent : (Boolean) value;
    }
    throw unexpected(name, "true or false", value);
  }

  @Nullable Integer numberOrNull(String name) {
    Object value = get(name);
    try {
      if (value == null) {
        return null;
      }
      if (value instanceof Long || value instanceof BigDecimal || value instanceof String) {
        return new BigDecimal(value.toString()).intValueExact();
      }
    } catch (ArithmeticException | NumberFormatException invalid) {
      // The message below is the answer.
    }
    throw unexpected(name, "a whole number", value);
  }

  @Nullable Instant instantOrNull(String name) {
    String text = textOrNull(name);
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException invalid) {
      throw unexpected(name, "a time such as 2026-01-31T12:00:00.000Z", text);
    }
  }

  Map<String, Object> object(String name) {
    Object value = get(name);
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map<?, ?>) {
      @SuppressWarnings("unchecked")
      Map<String, Object> map = (Map<String, Object>) value;
      return map;
    }
    throw unexpected(name, "an object", value);
  }

  @Nullable A2aFields fieldsOrNull(String name) {
    Object value = get(name);
    return value == null ? null : of(value, at(name));
  }

  A2aFields fields(String name) {
    A2aFields fields = fieldsOrNull(name);
    if (fields == null) {
      throw new PlacedException(at(name) + " is required, but absent", null);
    }
    return fields;
  }

  /** Reads the objects of a list; an absent list is empty. */
  <T> List<T> list(String name, Function<A2aFields, T> reader) {
    List<T> items = new ArrayList<>();
    int index = 0;
    for (Object item : list(name)) {
      items.add(reader.apply(of(item, at(name) + "[" + index++ + "]")));
    }
    return items;
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Object item : list(name)) {
      if (!(item instanceof String text)) {
        throw unexpected(name, "a list of texts", item);
      }
      texts.add(text);
    }
    return texts;
  }

  List<?> list(String name) {
    Object value = get(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw unexpected(name, "a list", value);
  }

  /** Makes a value; a failure of its checks names this place. */
  <T> T checked(Function<A2aFields, T> maker) {
    try {
      return maker.apply(this);
    } catch (PlacedException placed) {
      throw placed;
    } catch (IllegalArgumentException invalid) {
      throw new PlacedException(
          place.isEmpty() ? invalid.getMessage() : place + ": " + invalid.getMessage(), invalid);
    }
  }

  Map<?, ?> json() {
    return json;
  }

  String at(String name) {
    return place.isEmpty() ? name : place + "." + name;
  }

  private IllegalArgumentException unexpected(String name, String wanted, @Nullable Object value) {
    return new PlacedException(at(name) + " must be " + wanted + ", but is " + shown(value), null);
  }

  private static String shown(@Nullable Object value) {
    String text = Json.write(value);
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }

  private static String snake(String name) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c)) {
        out.append('_');
      }
      out.append(c);
    }
    return out.toString().toLowerCase(Locale.ROOT);
  }

  /** A message that names its place already. */
  private static final class PlacedException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    PlacedException(@Nullable String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}

package io.gild.a2a;

import io.gild.config.Experimental;
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
 * well. Absent fields and JSON's null are alike.
 *
 * <p>A value that does not fit is an {@link IllegalArgumentException} that names its place.
 */
@Experimental
public final class A2aFields {

  private static final int SHOWN = 100;

  private final Map<?, ?> json;
  private final String place;

  private A2aFields(Map<?, ?> json, String place) {
    this.json = json;
    this.place = place;
  }

  /**
   * Reads an object.
   *
   * @param value the object as {@link Json} reads it
   * @param place where it is, for messages; may be empty
   * @return its fields
   */
  public static A2aFields of(@Nullable Object value, String place) {
    if (value instanceof Map<?, ?> map) {
      return new A2aFields(map, place);
    }
    throw new IllegalArgumentException(
        (place.isEmpty() ? "the value" : place) + " must be an object, but is " + shown(value));
  }

  /**
   * Returns whether a field is there, be it null.
   *
   * @param name the field
   * @return whether it is there
   */
  public boolean has(String name) {
    return json.containsKey(name) || json.containsKey(snake(name));
  }

  /**
   * Returns the value of a field.
   *
   * @param name the field
   * @return the value, or {@code null} if it is absent
   */
  public @Nullable Object get(String name) {
    Object value = json.get(name);
    return value == null ? json.get(snake(name)) : value;
  }

  /**
   * Returns a text that must be there.
   *
   * @param name the field
   * @return the text; not empty
   */
  public String text(String name) {
    String text = textOrNull(name);
    if (text == null || text.isEmpty()) {
      throw new PlacedException(at(name) + " is required, but absent", null);
    }
    return text;
  }

  /**
   * Returns a text.
   *
   * @param name the field
   * @param absent what an absent text is
   * @return the text
   */
  public String text(String name, String absent) {
    String text = textOrNull(name);
    return text == null ? absent : text;
  }

  /**
   * Returns a text.
   *
   * @param name the field
   * @return the text, or {@code null} if it is absent
   */
  public @Nullable String textOrNull(String name) {
    Object value = get(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw unexpected(name, "a text", value);
  }

  /**
   * Returns a boolean.
   *
   * @param name the field
   * @param absent what an absent one is
   * @return the value
   */
  public boolean flag(String name, boolean absent) {
    Object value = get(name);
    if (value == null || value instanceof Boolean) {
      return value == null ? absent : (Boolean) value;
    }
    if (value.equals("true") || value.equals("false")) { // in a query all values are texts
      return value.equals("true");
    }
    throw unexpected(name, "true or false", value);
  }

  /**
   * Returns a whole number, which may be written as a text.
   *
   * @param name the field
   * @return the number, or {@code null} if it is absent
   */
  public @Nullable Integer numberOrNull(String name) {
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

  /**
   * Returns a time.
   *
   * @param name the field
   * @return the time, or {@code null} if it is absent
   */
  public @Nullable Instant instantOrNull(String name) {
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

  /**
   * Returns an object.
   *
   * @param name the field
   * @return the object; empty if it is absent
   */
  public Map<String, Object> object(String name) {
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

  /**
   * Returns the fields of an object.
   *
   * @param name the field
   * @return its fields, or {@code null} if it is absent
   */
  public @Nullable A2aFields fieldsOrNull(String name) {
    Object value = get(name);
    return value == null ? null : of(value, at(name));
  }

  /**
   * Returns the fields of an object that must be there.
   *
   * @param name the field
   * @return its fields
   */
  public A2aFields fields(String name) {
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

  /**
   * Returns a list of texts.
   *
   * @param name the field
   * @return the texts; empty if the list is absent
   */
  public List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Object item : list(name)) {
      if (!(item instanceof String text)) {
        throw unexpected(name, "a list of texts", item);
      }
      texts.add(text);
    }
    return texts;
  }

  /**
   * Returns a list.
   *
   * @param name the field
   * @return the list; empty if it is absent
   */
  public List<?> list(String name) {
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

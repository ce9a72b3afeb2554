package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Json;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Converts objects to plain values: maps, lists, texts, numbers, booleans, {@code null}. */
@Experimental
public final class PlainValues {

  private static final int DEEPEST = 50;

  private PlainValues() {}

  /**
   * Returns an object as plain values.
   *
   * @param value a record, map, collection, array or optional, to any depth; a text that is a JSON
   *     object or list is read as such; anything else becomes its text
   * @return maps, lists, texts, numbers, booleans, {@code null}
   */
  public static @Nullable Object of(@Nullable Object value) {
    return of(value, 0);
  }

  private static @Nullable Object of(@Nullable Object value, int depth) {
    if (depth > DEEPEST) {
      return String.valueOf(value);
    }
    if (value instanceof CharSequence text) {
      return depth == 0 ? read(text.toString()) : text.toString();
    }
    if (value == null || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      map.forEach((key, item) -> plain.put(String.valueOf(key), of(item, depth + 1)));
      return plain;
    }
    if (value instanceof Optional<?> optional) {
      return of(optional.orElse(null), depth + 1);
    }
    if (value instanceof Iterable<?> items) {
      List<@Nullable Object> plain = new ArrayList<>();
      items.forEach(item -> plain.add(of(item, depth + 1)));
      return plain;
    }
    if (value.getClass().isArray()) {
      List<@Nullable Object> plain = new ArrayList<>();
      for (int i = 0; i < Array.getLength(value); i++) {
        plain.add(of(Array.get(value, i), depth + 1));
      }
      return plain;
    }
    return value.getClass().isRecord() ? components(value, depth) : String.valueOf(value);
  }

  private static Object read(String text) {
    String stripped = text.strip();
    if (!stripped.startsWith("{") && !stripped.startsWith("[")) {
      return text;
    }
    try {
      Object json = Json.read(stripped);
      return json == null ? text : json;
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static Object components(Object value, int depth) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    try {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        component.getAccessor().setAccessible(true);
        plain.put(component.getName(), of(component.getAccessor().invoke(value), depth + 1));
      }
      return plain;
    } catch (ReflectiveOperationException | RuntimeException closed) {
      return String.valueOf(value);
    }
  }
}

package io.gild.observability;

import io.gild.config.Json;
import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Converts the values of one call to plain ones: maps, lists, texts, numbers, booleans.
 *
 * <p>It runs as little code of the application as possible: streams, iterators and objects of other
 * classes are not read, because reading may consume or change them. What is too large is left out.
 * For one thread.
 */
final class PlainContent {

  private static final int DEEPEST = 20;
  private static final int MOST_VALUES = 10_000;

  /** A secret in a longer text may be cut in two, of which neither half would be recognized. */
  private static final int MOST_CHARACTERS = 262_144;

  private int values;
  private int characters;
  private boolean incomplete;

  /** Returns whether something was left out because of its size. */
  boolean incomplete() {
    return incomplete;
  }

  /** Gives the next value limits of its own: a huge prompt leaves room for the answer. */
  void next() {
    values = 0;
    characters = 0;
  }

  /** Returns whether a value, apart from those inside of it, can be read. */
  static boolean reads(@Nullable Object value) {
    return value == null
        || value instanceof CharSequence
        || isScalar(value)
        || value instanceof Map<?, ?>
        || value instanceof Collection<?>
        || value instanceof Optional<?>
        || value.getClass().isArray()
        || value.getClass().isRecord();
  }

  /** Returns a value as plain values; an unreadable one becomes the name of its class. */
  @Nullable Object of(@Nullable Object value) {
    return of(value, 0);
  }

  /** Returns the values of a JSON text, or else the text. */
  @Nullable Object ofJson(String text) {
    String stripped = text.length() > MOST_CHARACTERS ? "" : text.strip();
    if (!stripped.startsWith("{") && !stripped.startsWith("[")) {
      return of(text);
    }
    try {
      return of(Json.read(stripped));
    } catch (IllegalArgumentException isText) {
      return of(text);
    }
  }

  private @Nullable Object of(@Nullable Object value, int depth) {
    if (++values > MOST_VALUES || depth > DEEPEST) {
      incomplete = true;
      return "[left out]";
    }
    if (value == null || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof CharSequence || isScalar(value)) {
      return text(value.toString());
    }
    if (value instanceof Map<?, ?> map) {
      return map(map, depth);
    }
    if (value instanceof Optional<?> optional) {
      return of(optional.orElse(null), depth + 1);
    }
    if (value instanceof Collection<?> items) {
      return list(items, depth);
    }
    if (value.getClass().isArray()) {
      return array(value, depth);
    }
    return value.getClass().isRecord() ? components(value, depth) : name(value);
  }

  private static boolean isScalar(Object value) {
    return value instanceof Number
        || value instanceof Boolean
        || value instanceof Character
        || value instanceof Enum<?>
        || value instanceof UUID
        || value instanceof TemporalAccessor
        || value instanceof TemporalAmount;
  }

  /** JSON has no word for infinity and NaN. */
  private static Object number(Number number) {
    double value = number.doubleValue();
    return Double.isNaN(value) || Double.isInfinite(value) ? number.toString() : number;
  }

  private String text(String text) {
    if (text.length() > MOST_CHARACTERS - characters) {
      incomplete = true;
      return "[" + text.length() + " characters left out]";
    }
    characters += text.length();
    return text;
  }

  private Map<String, @Nullable Object> map(Map<?, ?> map, int depth) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (isFull()) {
        break;
      }
      Object key = entry.getKey();
      plain.put(
          key instanceof CharSequence || key != null && isScalar(key)
              ? text(key.toString())
              : name(key),
          of(entry.getValue(), depth + 1));
    }
    return plain;
  }

  private List<@Nullable Object> list(Collection<?> items, int depth) {
    List<@Nullable Object> plain = new ArrayList<>();
    for (Object item : items) {
      if (isFull()) {
        break;
      }
      plain.add(of(item, depth + 1));
    }
    return plain;
  }

  private Object array(Object array, int depth) {
    if (array instanceof byte[] bytes) {
      return "[" + bytes.length + " bytes]";
    }
    List<@Nullable Object> plain = new ArrayList<>();
    for (int i = 0; i < Array.getLength(array) && !isFull(); i++) {
      plain.add(of(Array.get(array, i), depth + 1));
    }
    return plain;
  }

  private boolean isFull() {
    incomplete |= values >= MOST_VALUES;
    return values >= MOST_VALUES;
  }

  private Object components(Object value, int depth) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    try {
      for (RecordComponent component : value.getClass().getRecordComponents()) {
        component.getAccessor().setAccessible(true);
        plain.put(component.getName(), of(component.getAccessor().invoke(value), depth + 1));
      }
      return plain;
    } catch (ReflectiveOperationException | RuntimeException closed) {
      return name(value);
    }
  }

  private static String name(@Nullable Object value) {
    return value == null ? "null" : "[" + value.getClass().getName() + "]";
  }
}

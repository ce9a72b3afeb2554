package io.gild.evaluation;

import io.gild.core.PlainValues;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings texts to Unicode form NFC, which has one spelling for a letter with its accents: two
 * spellings that look alike are equal in every check.
 */
final class Composed {

  private Composed() {}

  static String of(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /** Returns an object as plain values; all texts, keys included, are composed. */
  static @Nullable Object plain(@Nullable Object value) {
    return texts(PlainValues.of(value));
  }

  /** Returns plain values; all texts, keys included, are composed. */
  static @Nullable Object texts(@Nullable Object value) {
    if (value instanceof CharSequence text) {
      return of(text.toString());
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> composed = new LinkedHashMap<>();
      map.forEach((key, item) -> composed.put(of(String.valueOf(key)), texts(item)));
      return composed;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> composed = new ArrayList<>();
      list.forEach(item -> composed.add(texts(item)));
      return composed;
    }
    return value;
  }
}

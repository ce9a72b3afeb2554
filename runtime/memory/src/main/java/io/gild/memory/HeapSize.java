package io.gild.memory;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Estimates how many bytes of the heap a value takes; texts count two bytes a character. */
final class HeapSize {

  private static final long OBJECT = 64;

  private HeapSize() {}

  static long of(SessionMessage message) {
    return OBJECT + of(message.id()) + of(message.text()) + of((Object) message.data());
  }

  static long of(@Nullable String text) {
    return text == null ? 0 : OBJECT + 2L * text.length();
  }

  static long of(@Nullable Object value) {
    if (value instanceof String text) {
      return of(text);
    }
    long sum = OBJECT;
    if (value instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        sum += of(entry.getKey()) + of(entry.getValue());
      }
    } else if (value instanceof Iterable<?> list) {
      for (Object item : list) {
        sum += of(item);
      }
    }
    return sum;
  }
}

package io.gild.memories;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Copies the data of messages into the JDK's own types: stores keep sessions in memory, and a map
 * or number of the application's class would keep the application there.
 */
final class PlainData {

  private PlainData() {}

  /** Returns a copy of texts, numbers, booleans, lists and maps. */
  static Map<String, Object> copy(Map<?, ?> data) {
    Map<String, Object> copy = new LinkedHashMap<>();
    data.forEach((key, value) -> copy.put(String.valueOf(key), plain(value)));
    return copy;
  }

  @SuppressWarnings("NullAway") // JSON has nulls, which the type of data does not express
  private static Object plain(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return copy(map);
    }
    if (value instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(item -> copy.add(plain(item)));
      return copy;
    }
    return value instanceof Number number && number.getClass().getClassLoader() != null
        ? new BigDecimal(number.toString())
        : value;
  }
}

package io.gild.cli;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object, read by name; an absent value is empty or zero.
 *
 * @param values its values
 */
record Facts(Map<?, ?> values) {

  static Facts of(@Nullable Object value) {
    return new Facts(value instanceof Map<?, ?> map ? map : Map.of());
  }

  String text(String name) {
    return values.get(name) instanceof String text ? text : "";
  }

  boolean flag(String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  long number(String name) {
    return values.get(name) instanceof Number number ? number.longValue() : 0;
  }

  BigDecimal decimal(String name) {
    return values.get(name) instanceof Number number
        ? new BigDecimal(number.toString())
        : BigDecimal.ZERO;
  }

  Facts inner(String name) {
    return new Facts(values.get(name) instanceof Map<?, ?> map ? map : Map.of());
  }

  List<?> list(String name) {
    return values.get(name) instanceof List<?> list ? list : List.of();
  }

  Set<String> names() {
    Set<String> names = new TreeSet<>();
    values.keySet().forEach(key -> names.add(String.valueOf(key)));
    return names;
  }

  Map<String, Long> counts(String name) {
    Facts inner = inner(name);
    Map<String, Long> counts = new TreeMap<>();
    inner.names().forEach(key -> counts.put(key, inner.number(key)));
    return counts;
  }
}

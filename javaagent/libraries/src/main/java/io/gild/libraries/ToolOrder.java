package io.gild.libraries;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Puts the tools of requests into one order. Providers give their order no meaning, but a cache of
 * the beginning of a request is of no use if a set or a map lists them differently each time.
 */
final class ToolOrder {

  private ToolOrder() {}

  /** Sorts tools in the JSON of a provider; returns the same list if they are in order. */
  static List<?> byName(List<?> tools) {
    return sorted(tools, ToolOrder::name);
  }

  /** Sorts tools; those of one name stay as they are. Returns the same list if nothing changes. */
  static List<?> sorted(List<?> tools, Function<Object, String> name) {
    List<Object> sorted = new ArrayList<>(tools);
    sorted.sort(Comparator.comparing(name));
    return sorted.equals(tools) ? tools : sorted;
  }

  private static String name(Object tool) {
    if (!(tool instanceof Map<?, ?> map)) {
      return "";
    }
    Object name = map.get("name");
    if (name == null && map.get("function") instanceof Map<?, ?> function) {
      name = function.get("name");
    }
    return name == null ? "" : name.toString();
  }
}

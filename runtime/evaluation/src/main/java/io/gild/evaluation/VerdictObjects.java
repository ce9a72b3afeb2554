package io.gild.evaluation;

import io.gild.config.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds verdicts that are JSON objects, alone or in a list. */
final class VerdictObjects {

  /** The most braces to look at, counted from the end: a hostile reply has thousands of them. */
  private static final int MOST_BRACES = 1_000;

  private VerdictObjects() {}

  /**
   * Returns the objects of a reply that contain a verdict, in order; a nested object belongs to its
   * outer one.
   */
  static List<StatedVerdict> in(String reply, String id) {
    List<StatedVerdict> found = new ArrayList<>();
    for (int at = first(reply); at >= 0; ) {
      Json.Prefix object = Json.prefix(reply, at);
      if (object == null) {
        at = next(reply, at + 1);
        continue;
      }
      add(holders(object.value()), at, object.end(), id, found);
      at = next(reply, object.end());
    }
    return found;
  }

  private static int first(String reply) {
    int left = MOST_BRACES;
    int at = reply.length();
    while (at > 0 && left > 0) {
      at--;
      left -= isOpen(reply.charAt(at)) ? 1 : 0;
    }
    return next(reply, at);
  }

  private static int next(String reply, int from) {
    for (int at = from; at < reply.length(); at++) {
      if (isOpen(reply.charAt(at))) {
        return at;
      }
    }
    return -1;
  }

  private static boolean isOpen(char c) {
    return c == '{' || c == '[';
  }

  private static void add(
      List<Map<?, ?>> holders, int start, int end, String id, List<StatedVerdict> found) {
    if (holders.isEmpty()) {
      return;
    }
    Boolean passed = passed(holders.get(0));
    boolean agree = holders.stream().allMatch(each -> Objects.equals(passed(each), passed));
    String reason = text(get(holders.get(0), "reason"));
    boolean marked = !id.isEmpty() && id.equals(text(get(holders.get(0), "id")));
    found.add(new StatedVerdict(start, end, agree ? passed : null, reason, marked));
  }

  /** Returns the object itself if it contains a verdict, or else all objects in it that do. */
  private static List<Map<?, ?>> holders(@Nullable Object value) {
    List<Map<?, ?>> holders = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      if (map.keySet().stream().anyMatch(key -> isKey(key, "verdict"))) {
        holders.add(map);
        return holders;
      }
      map.values().forEach(each -> holders.addAll(holders(each)));
    } else if (value instanceof List<?> list) {
      list.forEach(each -> holders.addAll(holders(each)));
    }
    return holders;
  }

  private static @Nullable Boolean passed(Map<?, ?> map) {
    return StatedVerdict.read(text(get(map, "verdict")));
  }

  private static @Nullable Object get(Map<?, ?> map, String wanted) {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (isKey(entry.getKey(), wanted)) {
        return entry.getValue();
      }
    }
    return null;
  }

  private static boolean isKey(@Nullable Object key, String wanted) {
    return String.valueOf(key).strip().toLowerCase(Locale.ROOT).equals(wanted);
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }
}

package io.gild.recording;

import io.gild.config.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The first place where a request differs from the recorded one.
 *
 * @param pointer where, as a JSON pointer (RFC 6901)
 * @param recorded the recorded value, as JSON, shortened; null if there is none
 * @param asked the present value; null if there is none
 */
record Divergence(String pointer, @Nullable String recorded, @Nullable String asked) {

  private static final int SHOWN = 80;
  private static final Object ABSENT = new Object();

  /**
   * Compares plain values.
   *
   * @param ignored pointers of values that may differ; {@code *} matches any one name or index
   * @return the first difference; null if there is none
   */
  static @Nullable Divergence find(
      @Nullable Object recorded, @Nullable Object asked, List<String> ignored) {
    return find("", recorded, asked, ignored);
  }

  private static @Nullable Divergence find(
      String at, @Nullable Object recorded, @Nullable Object asked, List<String> ignored) {
    for (String pattern : ignored) {
      if (matches(pattern, at)) {
        return null;
      }
    }
    if (recorded instanceof Map<?, ?> before && asked instanceof Map<?, ?> now) {
      return findInMap(at, before, now, ignored);
    }
    if (recorded instanceof List<?> before && asked instanceof List<?> now) {
      return findInList(at, before, now, ignored);
    }
    return same(recorded, asked) ? null : of(at, recorded, asked);
  }

  private static @Nullable Divergence findInMap(
      String at, Map<?, ?> before, Map<?, ?> now, List<String> ignored) {
    for (Map.Entry<?, ?> entry : before.entrySet()) {
      Object key = entry.getKey();
      Object other = now.containsKey(key) ? now.get(key) : ABSENT;
      Divergence found = find(at + "/" + escaped(key), entry.getValue(), other, ignored);
      if (found != null) {
        return found;
      }
    }
    for (Map.Entry<?, ?> entry : now.entrySet()) {
      if (!before.containsKey(entry.getKey())) {
        Divergence found =
            find(at + "/" + escaped(entry.getKey()), ABSENT, entry.getValue(), ignored);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  private static @Nullable Divergence findInList(
      String at, List<?> before, List<?> now, List<String> ignored) {
    for (int i = 0; i < Math.max(before.size(), now.size()); i++) {
      Object was = i < before.size() ? before.get(i) : ABSENT;
      Object is = i < now.size() ? now.get(i) : ABSENT;
      Divergence found = find(at + "/" + i, was, is, ignored);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static boolean same(@Nullable Object recorded, @Nullable Object asked) {
    if (recorded instanceof Number before && asked instanceof Number now) {
      return before.equals(now) || before.doubleValue() == now.doubleValue();
    }
    return Objects.equals(recorded, asked);
  }

  private static Divergence of(String at, @Nullable Object recorded, @Nullable Object asked) {
    if (recorded instanceof String before && asked instanceof String now) {
      int common = common(before, now);
      int from = common < SHOWN / 2 ? 0 : common - SHOWN / 4;
      return new Divergence(at, cut(before, from), cut(now, from));
    }
    return new Divergence(at, shown(recorded), shown(asked));
  }

  /** Returns the length of the common beginning of two texts. */
  static int common(String one, String other) {
    int common = 0;
    while (common < Math.min(one.length(), other.length())
        && one.charAt(common) == other.charAt(common)) {
      common++;
    }
    return common;
  }

  private static String cut(String text, int from) {
    String part = text.substring(from, Math.min(text.length(), from + SHOWN));
    return Json.write((from > 0 ? "…" : "") + part + (from + SHOWN < text.length() ? "…" : ""));
  }

  private static @Nullable String shown(@Nullable Object value) {
    if (value == ABSENT) {
      return null;
    }
    String json = Json.write(value);
    return json.length() <= SHOWN ? json : json.substring(0, SHOWN) + "…";
  }

  private static String escaped(@Nullable Object key) {
    return String.valueOf(key).replace("~", "~0").replace("/", "~1");
  }

  private static boolean matches(String pattern, String pointer) {
    String[] wanted = pattern.split("/", -1);
    String[] found = pointer.split("/", -1);
    if (wanted.length != found.length || wanted.length < 2) {
      return false;
    }
    for (int i = 0; i < wanted.length; i++) {
      if (!wanted[i].equals("*") && !wanted[i].equals(found[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return pointer
        + ": "
        + (recorded == null ? "the recording has nothing" : "recorded " + recorded)
        + ", asked "
        + (asked == null ? "nothing" : asked);
  }
}

package io.gild.observability;

import io.gild.config.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * JSON of plain values that fits into a number of bytes: texts are shortened first, and then items
 * are left out. It is always complete JSON.
 *
 * @param text the JSON
 * @param shortened whether something is missing
 */
record FittingJson(String text, boolean shortened) {

  private static final int LONGEST = 65_536;
  private static final int SHORTEST = 64;
  private static final int MOST = 1_024;

  /** Returns the JSON of plain values. */
  static FittingJson of(@Nullable Object plain, int maxBytes) {
    String whole = Json.write(plain);
    if (fits(whole, maxBytes)) {
      return new FittingJson(whole, false);
    }
    for (int longest = Math.min(maxBytes, LONGEST); longest >= SHORTEST; longest /= 2) {
      String json = Json.write(new Limit(longest, MOST).of(plain, true));
      if (fits(json, maxBytes)) {
        return new FittingJson(json, true);
      }
    }
    for (int most = MOST / 2; most > 0; most /= 2) {
      String json = Json.write(new Limit(SHORTEST, most).of(plain, true));
      if (fits(json, maxBytes)) {
        return new FittingJson(json, true);
      }
    }
    return new FittingJson(plain instanceof Map<?, ?> ? "{}" : "[]", true);
  }

  private static boolean fits(String json, int maxBytes) {
    return json.length() <= maxBytes && json.getBytes(StandardCharsets.UTF_8).length <= maxBytes;
  }

  /**
   * Limits values.
   *
   * @param longest the most characters of a text
   * @param most the most items of a list or a map
   */
  private record Limit(int longest, int most) {

    @Nullable Object of(@Nullable Object plain, boolean outermost) {
      if (plain instanceof String text) {
        return text(text);
      }
      if (plain instanceof Map<?, ?> map) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>();
        map.entrySet().stream()
            .limit(most)
            .forEach(entry ->
                copy.put(text(String.valueOf(entry.getKey())), of(entry.getValue(), false)));
        return copy;
      }
      if (plain instanceof List<?> list) {
        List<@Nullable Object> copy = new ArrayList<>();
        (outermost ? ends(list) : list.stream().limit(most))
            .forEach(item -> copy.add(of(item, false)));
        return copy;
      }
      return plain;
    }

    /** Of messages, the first, with the instructions, and the last ones are the most important. */
    private Stream<?> ends(List<?> list) {
      int dropped = Math.max(0, list.size() - most);
      return Stream.concat(list.stream().limit(1), list.stream().skip(1L + dropped));
    }

    private String text(String text) {
      if (text.length() <= longest) {
        return text;
      }
      int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
      return text.substring(0, end) + "… [" + (text.length() - end) + " more]";
    }
  }
}

package io.gild.config;

import io.gild.config.PolicyTree.Located;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads JSON into located values; mistakes are collected, never thrown. */
@Experimental
public final class JsonText extends JsonReader {

  private final Origin start;
  private final Problems problems;
  private final int[] lineStarts;

  private JsonText(Origin start, String text, Problems problems) {
    super(text);
    this.start = start;
    this.problems = problems;
    this.lineStarts = lineStarts(text, at());
  }

  /**
   * Reads a document that begins somewhere inside of a file.
   *
   * @param start where it begins
   * @param text JSON
   * @param problems collects what is wrong
   * @return its value; {@code null} if it is not JSON
   */
  public static @Nullable Located read(Origin start, String text, Problems problems) {
    try {
      return (Located) new JsonText(start, text, problems).readDocument();
    } catch (IllegalArgumentException e) {
      problems.add(start, "", "not a JSON object: " + e.getMessage());
      return null;
    }
  }

  @Override
  @Nullable Object made(@Nullable Object value, int at) {
    Origin origin = origin(at);
    if (value instanceof Map<?, ?> map) {
      Map<String, Located> entries = new LinkedHashMap<>();
      map.forEach((key, entry) -> entries.put((String) key, (Located) entry));
      return new Located(new PolicyTree(entries), origin, origin);
    }
    return new Located(value instanceof List<?> list ? List.copyOf(list) : value, origin, origin);
  }

  @Override
  void add(Map<String, @Nullable Object> object, String key, int at, @Nullable Object value) {
    Located located = (Located) value;
    if (located == null) {
      return;
    }
    Origin origin = origin(at);
    if (object.get(key) instanceof Located earlier) {
      problems.add(origin, key, "duplicate key; the first one is in line " + earlier.key().line());
      return;
    }
    object.put(key, new Located(located.value(), origin, located.origin()));
  }

  private Origin origin(int at) {
    int found = Arrays.binarySearch(lineStarts, at);
    int line = found < 0 ? -found - 2 : found;
    int column = at - lineStarts[line];
    return new Origin(
        start.source(), start.line() + line, line == 0 ? start.column() + column : column + 1);
  }

  private static int[] lineStarts(String text, int first) {
    return IntStream.concat(
            IntStream.of(first),
            IntStream.range(first, text.length())
                .filter(i -> text.charAt(i) == '\n')
                .map(i -> i + 1))
        .toArray();
  }
}

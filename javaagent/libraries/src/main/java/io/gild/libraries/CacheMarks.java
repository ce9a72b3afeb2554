package io.gild.libraries;

import io.gild.config.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Marks the stable beginning of a request to Anthropic, which reads tools, then the system message,
 * then the conversation. Works on JSON.
 */
final class CacheMarks {

  private static final String MARK = "cache_control";

  /** About how many characters are one token. */
  private static final int CHARACTERS = 4;

  private static final long USUAL_MINIMUM = 1_024;

  /**
   * Models that ignore marks after fewer tokens than others, by a part of the name; the first that
   * fits applies. A mark that comes too early is ignored by the provider and costs nothing.
   */
  private static final Map<String, Long> MINIMUMS = new LinkedHashMap<>();

  static {
    MINIMUMS.put("haiku-4", 4_096L);
    MINIMUMS.put("haiku", 2_048L);
    MINIMUMS.put("opus-4-5", 4_096L);
    MINIMUMS.put("opus-4-6", 4_096L);
    MINIMUMS.put("sonnet-4-6", 2_048L);
  }

  private CacheMarks() {}

  /**
   * Returns the parts of a request that are to be replaced.
   *
   * @param body the request as the provider would receive it
   * @param model name of the model
   * @param anHour whether what is marked is kept for one hour
   * @return new values of {@code tools} and {@code system}; empty if nothing is to be changed, such
   *     as for a request that the application marked itself: a second lifetime in a request must
   *     not be longer than an earlier one
   */
  static Map<String, Object> of(Map<String, ?> body, String model, boolean anHour) {
    Map<String, Object> changed = new LinkedHashMap<>();
    if (isMarked(body)) {
      return changed;
    }
    Map<String, Object> mark = new LinkedHashMap<>();
    mark.put("type", "ephemeral");
    if (anHour) {
      mark.put("ttl", "1h");
    }
    List<?> tools = body.get("tools") instanceof List<?> list ? list : List.of();
    List<?> sorted = ToolOrder.byName(tools);
    long toolTokens = tools.isEmpty() ? 0 : tokens(tools);
    List<?> marked = toolTokens >= minimum(model) ? lastToolMarked(sorted, mark) : sorted;
    if (marked != tools) {
      changed.put("tools", marked);
    }
    Object system = body.get("system");
    if (system != null && toolTokens + tokens(system) >= minimum(model)) {
      List<Object> blocks = lastTextMarked(system, mark);
      if (blocks != null) {
        changed.put("system", blocks);
      }
    }
    return changed;
  }

  /** Returns about how many tokens a value has. */
  static long tokens(Object value) {
    String text = value instanceof String plain ? plain : Json.write(value);
    return text.length() / CHARACTERS;
  }

  /** Returns from how many tokens on a model's provider caches. */
  static long minimum(String model) {
    String name = model.toLowerCase(Locale.ROOT);
    return MINIMUMS.entrySet().stream()
        .filter(each -> name.contains(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(USUAL_MINIMUM);
  }

  private static boolean isMarked(Map<String, ?> body) {
    return body.get(MARK) != null
        || hasMark(body.get("tools"))
        || hasMark(body.get("system"))
        || hasMark(body.get("messages"));
  }

  /** Looks at blocks, and at the content of messages and of tools' results, but at no schema. */
  private static boolean hasMark(@Nullable Object blocks) {
    return blocks instanceof List<?> list
        && list.stream()
            .anyMatch(each ->
                each instanceof Map<?, ?> block
                    && (block.get(MARK) != null || hasMark(block.get("content"))));
  }

  /** A tool that is loaded later is not a part of the beginning, and must not be marked. */
  private static List<?> lastToolMarked(List<?> tools, Map<String, Object> mark) {
    for (int i = tools.size() - 1; i >= 0; i--) {
      if (tools.get(i) instanceof Map<?, ?> tool
          && !Boolean.TRUE.equals(tool.get("defer_loading"))
          && tool.get("name") != null) {
        return with(tools, i, tool, mark);
      }
    }
    return tools;
  }

  private static @Nullable List<Object> lastTextMarked(Object system, Map<String, Object> mark) {
    if (system instanceof String text) {
      return text.isBlank() ? null : List.of(with(Map.of("type", "text", "text", text), mark));
    }
    List<?> blocks = system instanceof List<?> list ? list : List.of();
    int last = blocks.size() - 1;
    boolean text =
        last >= 0
            && blocks.get(last) instanceof Map<?, ?> block
            && block.get("text") instanceof String words
            && !words.isBlank();
    return text ? with(blocks, last, (Map<?, ?>) blocks.get(last), mark) : null;
  }

  private static List<Object> with(
      List<?> blocks, int index, Map<?, ?> block, Map<String, Object> mark) {
    List<Object> changed = new ArrayList<>(blocks);
    changed.set(index, with(block, mark));
    return changed;
  }

  private static Map<Object, Object> with(Map<?, ?> block, Map<String, Object> mark) {
    Map<Object, Object> marked = new LinkedHashMap<>(block);
    marked.put(MARK, mark);
    return marked;
  }
}

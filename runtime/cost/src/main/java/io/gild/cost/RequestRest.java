package io.gild.cost;

import io.gild.config.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The content of a model's request without the text of its last user message. */
final class RequestRest {

  private static final int DEEPEST = 64;

  /** Stands where the prompt was; no provider has such a value. */
  private static final Map<String, Boolean> PROMPT = Map.of("\u0000gild.prompt", true);

  private final String prompt;
  private boolean found;

  private RequestRest(String prompt) {
    this.prompt = prompt;
  }

  /**
   * Returns the rest as text, the same for equal rests.
   *
   * @param body the request in its provider's form
   * @param prompt the text of the last user message
   * @return the rest; {@code null} if the prompt is not found, or the content cannot be written
   */
  static @Nullable String of(Map<String, ?> body, String prompt) {
    if (body.isEmpty() || prompt.isEmpty()) {
      return null;
    }
    RequestRest rest = new RequestRest(prompt);
    try {
      Object without = rest.without(body, 0);
      return rest.found ? Json.write(without) : null;
    } catch (IllegalArgumentException unwritable) {
      return null;
    }
  }

  /** Copies a value without the last occurrence of the prompt: it is searched from behind. */
  private @Nullable Object without(@Nullable Object value, int depth) {
    if (found || depth > DEEPEST) {
      return value;
    }
    if (value instanceof Map<?, ?> map) {
      List<Map.Entry<?, ?>> entries = new ArrayList<>(map.entrySet());
      Map<String, @Nullable Object> copied = new TreeMap<>();
      for (int i = entries.size() - 1; i >= 0; i--) {
        Map.Entry<?, ?> each = entries.get(i);
        copied.put(String.valueOf(each.getKey()), without(each.getValue(), depth + 1));
      }
      return copied;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> copied = new ArrayList<>(list);
      for (int i = list.size() - 1; i >= 0; i--) {
        copied.set(i, without(list.get(i), depth + 1));
      }
      return copied;
    }
    if (value instanceof CharSequence text && prompt.contentEquals(text)) {
      found = true;
      return PROMPT;
    }
    return value;
  }
}

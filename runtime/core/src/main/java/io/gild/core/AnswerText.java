package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the answer of a call as text. */
@Experimental
public final class AnswerText {

  private static final int DEEPEST = 12;

  private AnswerText() {}

  /**
   * Returns the answer of a call as text: a text as it is, what a model wrote in the response of a
   * library, anything else as JSON.
   *
   * @param call a call that has its answer
   * @return the text; {@code null} if there is none to be read
   */
  public static @Nullable String of(AgentCall call) {
    Object value = call.value();
    StreamedAnswer streamed = value == null ? call.streamed() : null;
    if (streamed != null) {
      StringBuilder all = new StringBuilder();
      for (Object element : streamed.elements()) {
        String part = of(call, element);
        all.append(part == null ? "" : part);
      }
      return all.isEmpty() ? null : all.toString();
    }
    return value == null ? null : of(call, value);
  }

  private static @Nullable String of(AgentCall call, Object value) {
    if (value instanceof CharSequence text) {
      return text.toString();
    }
    @Nullable Object[] arguments = call.arguments();
    if (arguments.length > 0
        && arguments[arguments.length - 1] instanceof DescribesItself request) {
      StringBuilder text = new StringBuilder();
      collect(request.content(value), text, 0);
      return text.isEmpty() ? null : text.toString();
    }
    try {
      return Json.write(PlainValues.of(value));
    } catch (IllegalArgumentException | StackOverflowError odd) {
      return null;
    }
  }

  /** Adds the texts of a provider's answer: those under {@code content} and {@code text}. */
  private static void collect(@Nullable Object json, StringBuilder text, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    if (json instanceof List<?> list) {
      list.forEach(each -> collect(each, text, depth + 1));
    } else if (json instanceof Map<?, ?> map) {
      map.forEach((key, value) -> {
        boolean named = "content".equals(key) || "text".equals(key);
        if (named && value instanceof String part) {
          text.append(text.isEmpty() ? "" : "\n").append(part);
        } else {
          collect(value, text, depth + 1);
        }
      });
    }
  }
}

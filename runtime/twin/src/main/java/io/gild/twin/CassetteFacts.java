package io.gild.twin;

import io.gild.recording.Cassette;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The models and system prompts that a cassette shows. */
final class CassetteFacts {

  private static final Set<String> SYSTEM = Set.of("system", "developer");
  private static final List<String> MODEL = List.of("model", "modelId", "modelName");
  private static final List<String> TEXT = List.of("text", "content", "contents");

  private CassetteFacts() {}

  /** Returns how often each model was asked. */
  static Map<String, Long> models(List<Cassette.Call> calls) {
    Map<String, Long> models = new TreeMap<>();
    requests(calls).forEach(each -> models.merge(model(each), 1L, Long::sum));
    return models;
  }

  /** Returns how often each system prompt was sent. */
  static Map<String, Long> prompts(List<Cassette.Call> calls) {
    Map<String, Long> prompts = new LinkedHashMap<>();
    for (Cassette.Exchange each : requests(calls)) {
      StringBuilder prompt = new StringBuilder();
      collect(each.request(), prompt);
      if (!prompt.isEmpty()) {
        prompts.merge(prompt.toString(), 1L, Long::sum);
      }
    }
    return prompts;
  }

  private static List<Cassette.Exchange> requests(List<Cassette.Call> calls) {
    return calls.stream()
        .flatMap(call -> call.exchanges().stream())
        .filter(each -> each.kind() == Cassette.Kind.MODEL)
        .toList();
  }

  /** Returns the model of an exchange as its provider reports it, or else as it was asked. */
  static String model(Cassette.Exchange exchange) {
    if (exchange.response() instanceof Map<?, ?> response && named(response) != null) {
      return String.valueOf(named(response));
    }
    for (Object chunk : exchange.chunks()) {
      if (chunk instanceof Map<?, ?> part && named(part) != null) {
        return String.valueOf(named(part));
      }
    }
    String asked = named(exchange.request());
    return asked == null ? "unknown" : asked;
  }

  private static @Nullable String named(Map<?, ?> map) {
    for (String key : MODEL) {
      if (map.get(key) instanceof String name && !name.isEmpty()) {
        return name;
      }
    }
    return null;
  }

  /** Collects the texts of system messages, in the forms of all recorded libraries. */
  private static void collect(@Nullable Object value, StringBuilder into) {
    if (value instanceof Map<?, ?> map) {
      if (isSystem(map.get("role")) || isSystem(map.get("type"))) {
        TEXT.forEach(key -> text(map.get(key), into));
        return;
      }
      map.forEach((key, item) -> {
        if (item instanceof String && (key.equals("system") || key.equals("instructions"))) {
          text(item, into);
        } else if (key.equals("system")) {
          text(item, into);
        } else {
          collect(item, into);
        }
      });
    } else if (value instanceof List<?> list) {
      list.forEach(item -> collect(item, into));
    }
  }

  private static boolean isSystem(@Nullable Object role) {
    return role instanceof String name && SYSTEM.contains(name.toLowerCase(Locale.ROOT));
  }

  private static void text(@Nullable Object value, StringBuilder into) {
    if (value instanceof String text) {
      into.append(into.isEmpty() ? "" : "\n").append(text);
    } else if (value instanceof List<?> list) {
      list.forEach(item -> text(item, into));
    } else if (value instanceof Map<?, ?> map) {
      TEXT.forEach(key -> text(map.get(key), into));
    }
  }
}

package io.gild.console;

import io.gild.config.Json;
import io.gild.core.ContentCaptured;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The content of a call for people, or the words that say why there is none. */
final class ContentJson {

  private static final String SWITCH =
      "Set observe.content to true in gild.yaml, for the agent (agents: - match: …, observe:"
          + " {content: true}) or for all (defaults: {observe: {content: true}}). New calls have it"
          + " then, without the secrets that are recognized.";

  private ContentJson() {}

  /** Answers {@code GET /v1/calls/{jvm}/{id}/spans/{span}/content}. */
  static Map<String, @Nullable Object> of(KeptContent kept, CallRow row) {
    ContentCaptured content = row.kind == CallRow.Kind.HTTP ? null : kept.of(row.number);
    if (content == null) {
      return without(why(kept, row));
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("captured", true);
    json.put("input", text(content.input()));
    json.put("output", text(content.output()));
    json.put("redacted", true);
    json.put("shortened", content.shortened());
    json.put("kept", counted(kept));
    return json;
  }

  /** Returns an answer without content. */
  static Map<String, @Nullable Object> without(String how) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("captured", false);
    json.put("how", how);
    return json;
  }

  private static String why(KeptContent kept, CallRow row) {
    if (row.kind == CallRow.Kind.HTTP) {
      return "The bodies of HTTP requests are not captured; the call of the model around this one has"
          + " its messages, if content is on.";
    }
    if (row.kind == CallRow.Kind.EMBEDDING) {
      return "The texts of embeddings are not captured.";
    }
    if (row.outcome == CallRow.Outcome.RUNNING) {
      return "The call is still running; its content is here when it has ended, if content is on.";
    }
    return kept.hasCaptured(row.agent)
        ? "The content of this call is not kept: it could not be read, made room for that of newer"
            + " calls, or content was off. "
            + counted(kept)
        : "Content is off for " + row.agent + ". " + SWITCH;
  }

  /** Returns how much of what was captured is there. */
  static String counted(KeptContent kept) {
    return "The content of %d of %d calls is kept in memory."
        .formatted(kept.kept(), kept.captured());
  }

  private static @Nullable String text(@Nullable String json) {
    if (json == null) {
      return null;
    }
    Object value = Json.read(json);
    if (value instanceof List<?> messages && !messages.isEmpty()) {
      List<String> texts = new ArrayList<>();
      for (Object each : messages) {
        if (!(each instanceof Map<?, ?> message)
            || !(message.get("parts") instanceof List<?> parts)) {
          return Json.pretty(value).strip();
        }
        texts.add(message.get("role") + ":\n" + parts(parts));
      }
      return String.join("\n\n", texts);
    }
    return value instanceof String text ? text : Json.pretty(value).strip();
  }

  private static String parts(List<?> parts) {
    List<String> texts = new ArrayList<>();
    for (Object part : parts) {
      boolean plain =
          part instanceof Map<?, ?> map
              && "text".equals(map.get("type"))
              && map.get("content") instanceof String;
      texts.add(
          plain && part instanceof Map<?, ?> map
              ? String.valueOf(map.get("content"))
              : Json.pretty(part).strip());
    }
    return String.join("\n", texts);
  }
}

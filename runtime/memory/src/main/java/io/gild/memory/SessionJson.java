package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.config.Json;
import io.gild.memory.SessionMessage.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The JSON of sessions, in files, in other stores and in exports. */
@Experimental
public final class SessionJson {

  private SessionJson() {}

  /**
   * Returns a message as JSON.
   *
   * @param message the message
   * @return an object
   */
  public static Map<String, Object> of(SessionMessage message) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", message.id());
    json.put("role", message.role().name().toLowerCase(Locale.ROOT));
    json.put("text", message.text());
    json.put("at", message.at().toString());
    json.put("tokens", (long) message.tokens());
    if (message.pinned()) {
      json.put("pinned", true);
    }
    if (!message.data().isEmpty()) {
      json.put("data", message.data());
    }
    return json;
  }

  /**
   * Reads a message.
   *
   * @param json an object as {@link #of(SessionMessage)} returns it
   * @return the message
   * @throws IllegalArgumentException if a field is missing or has another type
   */
  public static SessionMessage message(Map<?, ?> json) {
    return new SessionMessage(
        JsonFields.text(json, "id"),
        role(JsonFields.text(json, "role")),
        JsonFields.text(json, "text"),
        JsonFields.instant(json, "at"),
        (int) JsonFields.number(json, "tokens", 0),
        Boolean.TRUE.equals(json.get("pinned")),
        JsonFields.object(json, "data"));
  }

  private static Role role(String name) {
    try {
      return Role.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(
          "role must be system, user, assistant or tool, but is " + name, unknown);
    }
  }

  /**
   * Returns a summary as JSON.
   *
   * @param summary the summary
   * @return an object
   */
  public static Map<String, Object> of(SessionSummary summary) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("text", summary.text());
    json.put("number", (long) summary.number());
    json.put("messages", (long) summary.messages());
    json.put("tokens", (long) summary.tokens());
    return json;
  }

  /**
   * Reads a summary.
   *
   * @param json an object as {@link #of(SessionSummary)} returns it
   * @return the summary
   * @throws IllegalArgumentException if a field is missing or has another type
   */
  public static SessionSummary summary(Map<?, ?> json) {
    return new SessionSummary(
        JsonFields.text(json, "text"),
        (int) JsonFields.number(json, "number", 1),
        (int) JsonFields.number(json, "messages", 1),
        (int) JsonFields.number(json, "tokens", 0));
  }

  static String line(SessionEffect effect) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("revision", effect.revision());
    Instant expires = effect.expires();
    if (expires != null) {
      json.put("expires", expires.toString());
    }
    if (!effect.added().isEmpty()) {
      json.put("added", effect.added().stream().map(SessionJson::of).toList());
    }
    if (!effect.pins().isEmpty()) {
      json.put("pins", new TreeMap<>(effect.pins()));
    }
    if (!effect.gone().isEmpty()) {
      json.put("gone", effect.gone());
    }
    SessionSummary summary = effect.summary();
    if (summary != null) {
      json.put("summary", of(summary));
    }
    if (!effect.values().isEmpty()) {
      json.put("values", effect.values());
    }
    return Json.write(json);
  }

  static SessionEffect effect(Map<?, ?> json) {
    List<SessionMessage> added = new ArrayList<>();
    JsonFields.list(json, "added").forEach(item -> added.add(message(JsonFields.object(item))));
    Map<String, Boolean> pins = new TreeMap<>();
    JsonFields.object(json, "pins")
        .forEach((id, pinned) -> pins.put(id, Boolean.TRUE.equals(pinned)));
    Map<String, @Nullable String> values = new TreeMap<>();
    JsonFields.object(json, "values")
        .forEach((name, value) -> values.put(name, value == null ? null : value.toString()));
    return new SessionEffect(
        JsonFields.number(json, "revision", 0),
        JsonFields.list(json, "gone").stream().map(String::valueOf).toList(),
        0,
        added,
        pins,
        json.get("summary") instanceof Map<?, ?> summary ? summary(summary) : null,
        values,
        json.containsKey("expires") ? JsonFields.instant(json, "expires") : null);
  }
}

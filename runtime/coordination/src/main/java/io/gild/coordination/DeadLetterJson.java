package io.gild.coordination;

import io.gild.config.Experimental;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The JSON of dead letters. */
@Experimental
public final class DeadLetterJson {

  private DeadLetterJson() {}

  /**
   * Returns a dead letter as JSON.
   *
   * @param letter the dead letter
   * @return an object
   */
  public static Map<String, Object> of(DeadLetter letter) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", letter.id());
    json.put("reason", letter.reason().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    json.put("detail", letter.detail());
    json.put("topic", letter.topic());
    json.put("subscription", letter.subscription());
    json.put("deliveries", (long) letter.deliveries());
    json.put("at", letter.at().toString());
    json.put("message", letter.json());
    return json;
  }

  /**
   * Reads a dead letter.
   *
   * @param json an object as {@link #of} returns it
   * @return the dead letter
   * @throws IllegalArgumentException if the reason, the id or the time cannot be read
   */
  public static DeadLetter read(Map<?, ?> json) {
    return new DeadLetter(
        text(json, "id"),
        DeadLetter.Reason.valueOf(text(json, "reason").toUpperCase(Locale.ROOT).replace('-', '_')),
        text(json, "detail"),
        text(json, "topic"),
        text(json, "subscription"),
        number(json.get("deliveries")),
        at(text(json, "at")),
        text(json, "message"));
  }

  private static String text(Map<?, ?> json, String name) {
    return json.get(name) instanceof String text ? text : "";
  }

  private static int number(@Nullable Object value) {
    return value instanceof Long number ? number.intValue() : 0;
  }

  private static Instant at(String text) {
    try {
      return Instant.parse(text);
    } catch (java.time.DateTimeException invalid) {
      throw new IllegalArgumentException("\"at\" must be a time, but is \"" + text + "\"", invalid);
    }
  }
}

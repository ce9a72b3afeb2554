package io.gild.coordination;

import io.gild.a2a.A2aException;
import io.gild.a2a.A2aJson;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aVersion;
import io.gild.config.Experimental;
import io.gild.config.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a message: the fields of {@link Envelope} in camel case, its further headers beside
 * them, and the message of A2A 1.0.
 *
 * <p>The reader keeps fields that it does not know. Absent fields have their defaults; only {@code
 * id}, {@code topic}, {@code intent} and {@code message} must be there.
 */
@Experimental
public final class EnvelopeJson {

  private static final String DEADLINE = "deadline";

  private static final Set<String> OWN =
      Set.of(
          "id",
          "topic",
          "intent",
          "message",
          "correlationId",
          "causationId",
          "idempotencyKey",
          DEADLINE,
          "tenant",
          "traceparent",
          "orderingKey",
          "replyTo");

  private EnvelopeJson() {}

  /**
   * Writes a message.
   *
   * @param envelope the message
   * @return one line of JSON
   * @throws IllegalArgumentException if a header has the name of another field or is not JSON
   */
  public static String write(Envelope envelope) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", envelope.id());
    json.put("topic", envelope.topic());
    json.put("intent", envelope.intent().wireName());
    put(json, "correlationId", envelope.correlationId());
    put(json, "causationId", envelope.causationId());
    put(
        json,
        "idempotencyKey",
        envelope.idempotencyKey().equals(envelope.id()) ? null : envelope.idempotencyKey());
    put(json, DEADLINE, envelope.deadline());
    put(json, "tenant", envelope.tenant().isEmpty() ? null : envelope.tenant());
    put(json, "traceparent", envelope.traceparent());
    put(json, "orderingKey", envelope.orderingKey());
    put(json, "replyTo", envelope.replyTo());
    envelope
        .headers()
        .forEach((name, value) -> {
          if (OWN.contains(name)) {
            throw new IllegalArgumentException(
                "\"" + name + "\" is a field of every message: set it by its own method");
          }
          json.put(name, value);
        });
    json.put("message", A2aJson.writeMessage(envelope.message(), A2aVersion.V1_0));
    return Json.write(json);
  }

  private static void put(Map<String, Object> json, String name, @Nullable Object value) {
    if (value != null) {
      json.put(name, value.toString());
    }
  }

  /**
   * Reads a message.
   *
   * @param text the JSON
   * @return the message
   * @throws UnknownIntentException if its intent is unknown
   * @throws UnreadableMessageException if it is not a message
   */
  public static Envelope read(String text) {
    try {
      if (Json.read(text) instanceof Map<?, ?> json) {
        return envelope(json);
      }
      throw new UnreadableMessageException("A message must be a JSON object");
    } catch (IllegalArgumentException | A2aException invalid) {
      throw new UnreadableMessageException("This is not a message: " + invalid.getMessage());
    }
  }

  private static Envelope envelope(Map<?, ?> json) {
    Intent intent = Intent.read(required(json, "intent"));
    Envelope.Builder builder =
        Envelope.builder(required(json, "topic"), intent, message(json.get("message")))
            .id(required(json, "id"))
            .correlationId(optional(json, "correlationId"))
            .causationId(optional(json, "causationId"))
            .idempotencyKey(optional(json, "idempotencyKey"))
            .deadline(deadline(json))
            .traceparent(optional(json, "traceparent"))
            .orderingKey(optional(json, "orderingKey"))
            .replyTo(optional(json, "replyTo"));
    String tenant = optional(json, "tenant");
    if (tenant != null) {
      builder.tenant(tenant);
    }
    json.forEach((name, value) -> {
      if (value != null && !OWN.contains(String.valueOf(name))) {
        builder.header(String.valueOf(name), value);
      }
    });
    return builder.build();
  }

  private static A2aMessage message(@Nullable Object json) {
    if (json instanceof Map<?, ?> object) {
      return A2aJson.message(object);
    }
    throw new UnreadableMessageException("\"message\" must be a message of A2A");
  }

  private static String required(Map<?, ?> json, String name) {
    String value = optional(json, name);
    if (value == null) {
      throw new UnreadableMessageException("A message must have the field \"" + name + "\"");
    }
    return value;
  }

  /** Returns null for an empty text, too: other writers leave nothing out. */
  private static @Nullable String optional(Map<?, ?> json, String name) {
    Object value = json.get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof String text) {
      return text.isEmpty() ? null : text;
    }
    throw new UnreadableMessageException(
        "\"%s\" must be a text, but is %s".formatted(name, Json.write(value)));
  }

  private static @Nullable Instant deadline(Map<?, ?> json) {
    String text = optional(json, DEADLINE);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException invalid) {
      throw new UnreadableMessageException(
          "\"deadline\" must be a time such as 2026-01-31T12:00:00Z, but is \"" + text + "\"");
    }
  }
}

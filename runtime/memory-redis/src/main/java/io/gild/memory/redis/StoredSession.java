package io.gild.memory.redis;

import io.gild.config.Json;
import io.gild.memory.MemoryException;
import io.gild.memory.SessionJson;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionSnapshot;
import io.gild.memory.SessionSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads a session from the answer of the script {@code read.lua}. */
final class StoredSession {

  private static final String VALUE = "v:";

  private StoredSession() {}

  /**
   * Returns the session.
   *
   * @throws MemoryException if Redis has something else under its keys
   */
  static SessionSnapshot of(SessionKey key, List<?> answer) {
    Map<String, String> head = fields(answer.get(0));
    String revision = head.get("revision");
    if (revision == null) {
      return SessionSnapshot.empty(key);
    }
    try {
      return new SessionSnapshot(
          key,
          Long.parseLong(revision),
          messages((List<?>) answer.get(1), fields(answer.get(2))),
          summary(head.get("summary")),
          values(head),
          expires(head.get("expires")));
    } catch (IllegalArgumentException | NullPointerException invalid) {
      throw new MemoryException(
          "Cannot read %s in Redis: %s. Its keys were written by another program; give this one its own memory.redis.prefix."
              .formatted(key, invalid.getMessage()),
          invalid);
    }
  }

  private static Map<String, String> fields(Object flat) {
    List<?> items = (List<?>) flat;
    Map<String, String> fields = new HashMap<>();
    for (int i = 0; i + 1 < items.size(); i += 2) {
      fields.put((String) items.get(i), (String) items.get(i + 1));
    }
    return fields;
  }

  private static List<SessionMessage> messages(List<?> ids, Map<String, String> fields) {
    List<SessionMessage> messages = new ArrayList<>(ids.size());
    for (Object id : ids) {
      String body = Objects.requireNonNull(fields.get("b" + id), () -> "no body of message " + id);
      String header =
          Objects.requireNonNull(fields.get("h" + id), () -> "no header of message " + id);
      messages.add(SessionJson.message(object(body)).pinned(ChangeArguments.isPinned(header)));
    }
    return messages;
  }

  private static @Nullable SessionSummary summary(@Nullable String json) {
    return json == null ? null : SessionJson.summary(object(json));
  }

  private static Map<?, ?> object(String json) {
    if (Json.read(json) instanceof Map<?, ?> object) {
      return object;
    }
    throw new IllegalArgumentException("expected a JSON object, but found " + json);
  }

  private static Map<String, String> values(Map<String, String> head) {
    Map<String, String> values = new TreeMap<>();
    head.forEach((field, json) -> {
      if (field.startsWith(VALUE)) {
        values.put(field.substring(VALUE.length()), json);
      }
    });
    return values;
  }

  private static @Nullable Instant expires(@Nullable String millis) {
    return millis == null ? null : Instant.ofEpochMilli(Long.parseLong(millis));
  }
}

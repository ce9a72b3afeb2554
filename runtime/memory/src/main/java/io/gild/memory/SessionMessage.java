package io.gild.memory;

import io.gild.config.Experimental;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A message of a session; immutable.
 *
 * @param id identifies the message in its session; appending the same id again changes nothing. Not
 *     empty.
 * @param role the author of the message
 * @param text what was said; may be empty, as of a request for tools
 * @param at when it was said
 * @param tokens its tokens, as estimated or counted; zero or more
 * @param pinned whether trimming and summarizing keep the message, and with it its whole turn
 * @param data what else belongs to the message, such as the form of a framework: texts, numbers,
 *     booleans, lists and maps
 */
@Experimental
public record SessionMessage(
    String id,
    Role role,
    String text,
    Instant at,
    int tokens,
    boolean pinned,
    Map<String, Object> data) {

  /** The author of a message. */
  public enum Role {
    /** Instructions; trimming and summarizing keep them. */
    SYSTEM,
    /** The user; begins a turn. */
    USER,
    /** The agent; also a request for tools. */
    ASSISTANT,
    /** The result of a tool; belongs to the turn of its request. */
    TOOL
  }

  /** Copies the data. */
  public SessionMessage {
    if (id.isEmpty()) {
      throw new IllegalArgumentException("id must not be empty");
    }
    if (tokens < 0) {
      throw new IllegalArgumentException("tokens must be >= 0, but is " + tokens);
    }
    data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
  }

  /**
   * Creates a message with a new id, said now, with an estimate of its tokens.
   *
   * @param role the author
   * @param text what was said
   * @return the message, not pinned
   */
  public static SessionMessage of(Role role, String text) {
    return of(UUID.randomUUID().toString(), role, text, Instant.now());
  }

  /**
   * Creates a message with an estimate of its tokens.
   *
   * @param id the id
   * @param role the author
   * @param text what was said
   * @param at when it was said
   * @return the message, not pinned
   */
  public static SessionMessage of(String id, Role role, String text, Instant at) {
    return new SessionMessage(id, role, text, at, TokenEstimate.of(text), false, Map.of());
  }

  /**
   * Returns the same message, pinned or not.
   *
   * @param value whether trimming keeps it
   * @return the message
   */
  public SessionMessage pinned(boolean value) {
    return value == pinned ? this : new SessionMessage(id, role, text, at, tokens, value, data);
  }

  /**
   * Returns the same message with other data.
   *
   * @param values texts, numbers, booleans, lists and maps
   * @return the message
   */
  public SessionMessage with(Map<String, Object> values) {
    return new SessionMessage(id, role, text, at, tokens, pinned, values);
  }
}

package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.config.Json;
import io.gild.memory.SessionChange.ValueChange;
import io.gild.memory.SessionMessage.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One conversation. Thread-safe; it holds nothing itself, so it may be kept or made anew. */
@Experimental
public final class ChatSession {

  /** Id of the message that {@link #messages} puts first if there is a summary. */
  public static final String SUMMARY_ID = "gild-summary";

  /** Name of the context value that names the user; forgetting the user deletes the session. */
  public static final String USER = "user";

  private static final String SUMMARY = "Summary of the conversation so far:\n";

  private final Sessions sessions;
  private final SessionKey key;

  ChatSession(Sessions sessions, SessionKey key) {
    this.sessions = sessions;
    this.key = key;
  }

  /**
   * Returns the key.
   *
   * @return what identifies the session
   */
  public SessionKey key() {
    return key;
  }

  /**
   * Appends messages; those whose id the session has, or had among its last 1,024 removed ones, are
   * ignored.
   *
   * @param messages the messages in order
   * @return what it did
   * @throws MemoryException if the store fails; nothing was appended
   * @throws IllegalArgumentException if a message is too long; nothing was appended
   */
  public SessionOutcome append(SessionMessage... messages) {
    return append(List.of(messages));
  }

  /**
   * Appends messages, as the other method.
   *
   * @param messages the messages in order
   * @return what it did
   */
  public SessionOutcome append(List<SessionMessage> messages) {
    return sessions.append(key, messages);
  }

  /**
   * Appends a message with a new id, said now.
   *
   * @param role the author
   * @param text what was said
   * @return the message
   */
  public SessionMessage append(Role role, String text) {
    SessionMessage message =
        SessionMessage.of(UUID.randomUUID().toString(), role, text, sessions.clock().now());
    append(message);
    return message;
  }

  /**
   * Returns what a model should see: instructions, the summary, and the messages in order.
   *
   * @return the messages; the summary is one of the role {@code SYSTEM} with {@link #SUMMARY_ID}
   */
  public List<SessionMessage> messages() {
    SessionSnapshot snapshot = snapshot();
    SessionSummary summary = snapshot.summary();
    if (summary == null) {
      return snapshot.messages();
    }
    List<SessionMessage> messages = new ArrayList<>(snapshot.messages());
    int place = 0;
    while (place < messages.size() && messages.get(place).role() == Role.SYSTEM) {
      place++;
    }
    messages.add(place, message(summary));
    return messages;
  }

  private SessionMessage message(SessionSummary summary) {
    return SessionMessage.of(
        SUMMARY_ID, Role.SYSTEM, SUMMARY + summary.text(), sessions.clock().now());
  }

  /**
   * Returns all of the session at this moment.
   *
   * @return the snapshot; empty if there is no such session
   */
  public SessionSnapshot snapshot() {
    return sessions.store().read(key);
  }

  /**
   * Pins a message, so that trimming and summarizing keep its turn, or ends that.
   *
   * @param id id of the message
   * @param pinned whether it is kept
   */
  public void pin(String id, boolean pinned) {
    sessions.change(key, SessionChange.builder().pin(id, pinned));
  }

  /**
   * Removes messages; ids that the session does not have are ignored.
   *
   * @param ids the ids
   */
  public void remove(List<String> ids) {
    sessions.change(key, SessionChange.builder().remove(ids));
  }

  /**
   * Replaces messages by others in one step, if the session has not changed meanwhile.
   *
   * @param revision the revision that the session must have
   * @param removed ids of the messages that are removed
   * @param appended the messages that are appended
   * @return whether it had that revision; if not, nothing was changed
   */
  public boolean replace(long revision, List<String> removed, List<SessionMessage> appended) {
    SessionChange.Builder change =
        SessionChange.builder().ifRevision(revision).remove(removed).append(appended);
    return sessions.change(key, change).applied();
  }

  /**
   * Returns a value of the session's context.
   *
   * @param name its name
   * @return a text, number, boolean, list or map; empty if there is none
   */
  public Optional<Object> value(String name) {
    return Optional.ofNullable(parsed(snapshot().values().get(name)));
  }

  /**
   * Sets a value of the session's context.
   *
   * @param name its name
   * @param value a text, number, boolean, list or map; {@code null} removes the value
   */
  public void value(String name, @Nullable Object value) {
    ValueChange change = new ValueChange(name, false, null, json(value));
    sessions.change(key, SessionChange.builder().value(change));
  }

  /**
   * Changes a value of the session's context in one step: if another writer is faster, the operator
   * is applied again to what that one wrote.
   *
   * @param name its name
   * @param change makes the new value of the present one; both may be {@code null} for none
   * @return the new value
   */
  public @Nullable Object update(String name, UnaryOperator<@Nullable Object> change) {
    while (true) {
      Map<String, String> values = snapshot().values();
      String expected = values.get(name);
      String json = json(change.apply(parsed(expected)));
      ValueChange value = new ValueChange(name, true, expected, json);
      if (sessions.change(key, SessionChange.builder().value(value)).applied()) {
        return parsed(json);
      }
    }
  }

  private static @Nullable Object parsed(@Nullable String json) {
    return json == null ? null : Json.read(json);
  }

  private static @Nullable String json(@Nullable Object value) {
    return value == null ? null : Json.write(value);
  }

  /**
   * Deletes the session with everything in it.
   *
   * @return whether there was one
   */
  public boolean delete() {
    return sessions.store().delete(key);
  }
}

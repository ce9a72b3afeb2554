package io.gild.memories;

import io.gild.memory.ChatSession;
import io.gild.memory.SessionKey;
import io.gild.memory.Sessions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The agents that have a conversation with an id, noted in the session without an agent: a thread
 * that is in no agent's call, as when a page shows the conversation, finds it after a start as
 * well. Conversations of tenants are found in their calls only. Thread-safe.
 */
final class KnownAgents {

  private static final String AGENTS = "gild-agents";

  private final StoredMemories memories;

  KnownAgents(StoredMemories memories) {
    this.memories = memories;
  }

  /** Notes the agent of a conversation. */
  void add(SessionKey key) {
    if (isNoted(key)) {
      memories.attemptAll(sessions -> {
        ChatSession session = plain(sessions, key.session());
        if (!names(session).contains(key.agent())) {
          session.update(AGENTS, present -> with(present, key.agent()));
        }
        return true;
      });
    }
  }

  /** Removes the note of a conversation that was deleted. */
  void remove(SessionKey key, Sessions sessions) {
    if (isNoted(key)) {
      ChatSession session = plain(sessions, key.session());
      Object left = session.update(AGENTS, present -> without(present, key.agent()));
      if (left == null && session.snapshot().messages().isEmpty()) {
        session.delete();
      }
    }
  }

  /** Returns the key of the only agent with a conversation, or the one without an agent. */
  SessionKey only(String id) {
    SessionKey only =
        memories.attemptAll(sessions -> {
          ChatSession session = plain(sessions, id);
          List<?> agents = names(session);
          return agents.size() == 1 && session.snapshot().messages().isEmpty()
              ? new SessionKey("", String.valueOf(agents.get(0)), id)
              : session.key();
        });
    return only == null ? new SessionKey("", "", id) : only;
  }

  private static boolean isNoted(SessionKey key) {
    return key.tenant().isEmpty() && !key.agent().isEmpty();
  }

  private static ChatSession plain(Sessions sessions, String id) {
    return sessions.session(new SessionKey("", "", id));
  }

  private static List<?> names(ChatSession session) {
    return session.value(AGENTS).orElse(null) instanceof List<?> names ? names : List.of();
  }

  private static List<Object> with(@Nullable Object names, String agent) {
    List<Object> all = new ArrayList<>(names instanceof List<?> known ? known : List.of());
    if (!all.contains(agent)) {
      all.add(agent);
    }
    return all;
  }

  private static @Nullable Object without(@Nullable Object names, String agent) {
    List<Object> all = new ArrayList<>(names instanceof List<?> known ? known : List.of());
    all.remove(agent);
    return all.isEmpty() ? null : all;
  }
}

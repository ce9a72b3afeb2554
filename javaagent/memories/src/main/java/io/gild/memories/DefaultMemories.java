package io.gild.memories;

import io.gild.core.GildLog;
import io.gild.memory.ChatSession;
import io.gild.memory.SessionKey;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides about memories to which the application gave no id. A store that the application shares
 * keeps them as one memory anyway. Private stores are memories of their own, perhaps one for each
 * user: the first one is kept, and none any more once there is a second one. Thread-safe.
 */
final class DefaultMemories {

  /** A value of the session: it stays after the next start. */
  private static final String SEVERAL = "gild-several-memories";

  private final MemoryFramework framework;
  private final StoredMemories memories;
  private final Map<SessionKey, WeakReference<Object>> firsts = new ConcurrentHashMap<>();
  private final Set<SessionKey> several = ConcurrentHashMap.newKeySet();

  DefaultMemories(MemoryFramework framework, StoredMemories memories) {
    this.framework = framework;
    this.memories = memories;
  }

  /** Returns whether a memory without an id is kept in a session. */
  boolean keep(Object store, SessionKey key) {
    if (!framework.isPrivate(store)) {
      warn(
          key, "the store that they share keeps them as one conversation, and so does the session");
      return true;
    }
    if (several.contains(key)) {
      return false;
    }
    WeakReference<Object> first = firsts.get(key);
    return first == null ? begin(store, key) : first.get() == store || separate(key);
  }

  private synchronized boolean begin(Object store, SessionKey key) {
    if (firsts.containsKey(key) || several.contains(key)) {
      return keep(store, key);
    }
    Boolean marked =
        memories.attemptAll(sessions -> sessions.session(key).value(SEVERAL).isPresent());
    if (marked == null) {
      return false; // decided when the store works
    }
    if (marked) {
      several.add(key);
      leave(key);
      return false;
    }
    firsts.put(key, new WeakReference<>(store));
    warn(
        key,
        "it is kept as the one conversation of the application. If each user has a memory, give them ids: otherwise a user may see the conversation of another one after the next start");
    return true;
  }

  private void warn(SessionKey key, String consequence) {
    GildLog.infoOnce(
        "A chat memory of %s has no id of its own (%s): %s."
            .formatted(framework.title(), key, consequence));
  }

  /** Forgets what the first memory left, because its user is unknown. */
  private boolean separate(SessionKey key) {
    if (several.add(key)) {
      leave(key);
      memories.attemptAll(sessions -> {
        ChatSession session = sessions.session(key);
        session.delete();
        session.value(SEVERAL, true);
        return true;
      });
    }
    return false;
  }

  private void leave(SessionKey key) {
    GildLog.infoOnce(
        "Several chat memories of %s have no id of their own (%s), so they stay in memory: give each an id to keep it."
            .formatted(framework.title(), key));
  }
}

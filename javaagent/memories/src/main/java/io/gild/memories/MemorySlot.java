package io.gild.memories;

import io.gild.memory.SessionKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One memory in a framework's store, and its sessions: usually one, and several if several tenants
 * or agents use the same id. Thread-safe.
 */
final class MemorySlot {

  private final StoredMemories memories;
  private final String id;
  private final Map<SessionKey, Conversation> conversations = new ConcurrentHashMap<>();
  private volatile @Nullable SessionKey first;

  MemorySlot(StoredMemories memories, String id) {
    this.memories = memories;
    this.id = id;
  }

  /**
   * Returns the key for a thread that is in no agent's call, as when a stream ends or a page shows
   * the conversation: the one agent that uses this memory, if there is just one.
   */
  SessionKey keyOutsideOfCalls() {
    if (conversations.isEmpty()) {
      return memories.agents().only(id);
    }
    SessionKey plain = new SessionKey("", "", id);
    SessionKey only = null;
    for (SessionKey key : conversations.keySet()) {
      if (!key.equals(plain)) {
        if (only != null) {
          return plain;
        }
        only = key;
      }
    }
    return only == null ? plain : only;
  }

  /** Returns the conversation with a key; the heap belongs to the first one alone. */
  Conversation conversation(SessionKey key) {
    Conversation known = conversations.get(key);
    return known == null ? begin(key) : known;
  }

  private synchronized Conversation begin(SessionKey key) {
    if (first == null) {
      first = key;
    }
    if (!conversations.containsKey(key)) {
      memories.agents().add(key);
    }
    boolean inHeap = key.equals(first);
    return conversations.computeIfAbsent(key, one -> new Conversation(memories, one, inHeap));
  }

  /** Returns whether the memory has this conversation only. */
  boolean hasOnly(Conversation conversation) {
    return conversations.size() == 1 && conversations.containsValue(conversation);
  }
}

package io.gild.memories;

import io.gild.core.GildLog;
import io.gild.memory.SessionKey;

/**
 * Decides about memories to which the application gave no id. A store that the application shares
 * keeps them as one memory anyway. Private stores are memories of their own, perhaps one for each
 * user, and nothing distinguishes them after the next start, so they are never kept. Stateless.
 */
final class DefaultMemories {

  private final MemoryFramework framework;

  DefaultMemories(MemoryFramework framework) {
    this.framework = framework;
  }

  /** Returns whether a memory without an id is kept in a session. */
  boolean keep(Object store, SessionKey key) {
    boolean shared = !framework.isPrivate(store);
    GildLog.infoOnce(
        "A chat memory of %s has no id of its own (%s): %s."
            .formatted(
                framework.title(),
                key,
                shared
                    ? "the store that they share keeps them as one conversation, and so does the session"
                    : "it stays in memory, because a user could get the conversation of another one after the next start; give it an id, or mark the session of the call"));
    return shared;
  }
}

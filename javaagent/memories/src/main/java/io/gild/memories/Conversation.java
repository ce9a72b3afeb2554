package io.gild.memories;

import io.gild.memory.FrameworkSessions;
import io.gild.memory.SessionKey;
import io.gild.memory.SessionMessage;
import io.gild.memory.SessionMessage.Role;
import io.gild.weaver.spi.WovenCall;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A memory of a framework that is kept in a session. The framework's own memory in the heap is
 * written too: it goes on while the store fails, and after Gild is detached; afterwards the session
 * gets what it lacks. Thread-safe.
 */
final class Conversation {

  private enum State {
    /** Not used yet: the heap may have messages from before Gild was attached. */
    NEW,
    /** The session is complete. */
    KEPT,
    /**
     * The store failed, or the settings stopped its use: the heap may have messages that the
     * session lacks.
     */
    BEHIND,
    /** The memory was removed while the store failed. */
    REMOVED
  }

  private final StoredMemories memories;
  private final SessionKey key;
  private final boolean inHeap;
  private volatile State state = State.NEW;
  private volatile int interruptions;

  /**
   * Creates a conversation.
   *
   * @param memories use the store
   * @param key the session
   * @param inHeap whether the framework's own memory belongs to this conversation
   */
  Conversation(StoredMemories memories, SessionKey key, boolean inHeap) {
    this.memories = memories;
    this.key = key;
    this.inHeap = inHeap;
    this.interruptions = memories.interruptions();
  }

  /** Reads the messages from the session or, when it may lack some, from the heap as well. */
  Object read() {
    noticeInterruption();
    if (state == State.KEPT) {
      List<Object> messages = memories.attempt(key, sessions -> sessions.read(key.session()));
      if (messages != null) {
        return WovenCall.Settled.returning(messages);
      }
      state = State.BEHIND;
    }
    return inHeap ? new Reading() : WovenCall.Settled.returning(completed(List.of()));
  }

  private void noticeInterruption() {
    int present = memories.interruptions();
    if (interruptions != present) {
      interruptions = present;
      fallBehind();
    }
  }

  /** The method itself reads the heap, and the caller gets all messages. */
  private final class Reading extends WovenCall.Watched {

    private @Nullable Object messages;

    @Override
    public void over() {
      messages = super.result();
      if (failure() == null && messages instanceof List<?> heap) {
        messages = completed(heap);
      }
    }

    @Override
    public @Nullable Object result() {
      return messages;
    }
  }

  /** Writes to the session what only the heap has; returns all, or the heap if the store fails. */
  private synchronized List<?> completed(List<?> heap) {
    List<Object> all =
        memories.attempt(
            key,
            sessions -> {
              finishRemoval(sessions);
              complete(sessions, heap);
              return sessions.read(key.session());
            });
    if (all == null) {
      fallBehind();
      return heap;
    }
    state = State.KEPT;
    return all;
  }

  private void finishRemoval(FrameworkSessions<Object> sessions) {
    if (state == State.REMOVED) {
      sessions.delete(key.session());
      state = State.BEHIND;
    }
  }

  private void fallBehind() {
    if (state != State.REMOVED) {
      state = State.BEHIND;
    }
  }

  /**
   * Adds what the session lacks: the messages behind the last one that both have, because earlier
   * ones were removed from the session. New instructions replace older ones.
   */
  private void complete(FrameworkSessions<Object> sessions, List<?> wanted) {
    if (wanted.isEmpty()) {
      return;
    }
    List<Object> all = sessions.read(key.session());
    List<SessionMessage> known = new ArrayList<>();
    all.forEach(message -> known.add(compared(message)));
    List<Object> instructions = new ArrayList<>();
    List<Object> behind = new ArrayList<>();
    int place = 0;
    for (Object message : wanted) {
      SessionMessage compared = compared(message);
      int found = known.subList(place, known.size()).indexOf(compared);
      if (compared.role() == Role.SYSTEM) {
        if (!known.contains(compared)) {
          instructions.add(message);
        }
      } else if (found < 0) {
        behind.add(message);
      } else {
        place += found + 1;
        behind.clear();
      }
    }
    if (!instructions.isEmpty()) {
      all.removeIf(message -> compared(message).role() == Role.SYSTEM);
    }
    all.addAll(instructions);
    all.addAll(behind);
    sessions.replace(key.session(), all);
  }

  /** Frameworks compare some parts of messages only; this is all that is kept of one. */
  private SessionMessage compared(Object message) {
    return memories.form().write("same", message, Instant.EPOCH);
  }

  /** Writes the messages to the session; the method itself writes them to the heap. */
  synchronized @Nullable Object write(List<?> messages) {
    noticeInterruption();
    Boolean done =
        memories.attempt(
            key,
            sessions -> {
              finishRemoval(sessions);
              if (state == State.BEHIND) {
                complete(sessions, messages);
              } else {
                sessions.replace(key.session(), new ArrayList<>(messages));
              }
              return true;
            });
    if (done == null) {
      fallBehind();
    } else {
      state = State.KEPT;
    }
    return alsoInHeap();
  }

  /** Returns whether the session has all that the heap has. */
  boolean isKept() {
    return state == State.KEPT;
  }

  /** Deletes the session. */
  synchronized @Nullable Object delete() {
    state = memories.delete(key) == null ? State.REMOVED : State.KEPT;
    return alsoInHeap();
  }

  /** Lets the method itself run if the heap belongs to this conversation. */
  private @Nullable Object alsoInHeap() {
    return inHeap ? null : WovenCall.Settled.returning(null);
  }
}

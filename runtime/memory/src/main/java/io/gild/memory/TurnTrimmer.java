package io.gild.memory;

import io.gild.memory.SessionMessage.Role;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Finds the oldest turns that exceed limits, in one pass that ends as soon as enough is found. Not
 * thread-safe.
 */
final class TurnTrimmer {

  private final SessionLimits limits;
  private final int kept;
  private final Deque<List<SessionMessage>> turns = new ArrayDeque<>();
  private final List<SessionMessage> excess = new ArrayList<>();
  private int count;
  private long tokens;

  /**
   * @param kept how many of the newest turns stay in any case
   * @param count how many messages there are
   * @param tokens their tokens
   */
  TurnTrimmer(SessionLimits limits, int kept, int count, long tokens) {
    this.limits = limits;
    this.kept = kept;
    this.count = count;
    this.tokens = tokens;
  }

  /** Takes the next message; returns whether more are needed. */
  boolean offer(SessionMessage message) {
    if (message.role() == Role.SYSTEM) {
      return true;
    }
    if (turns.isEmpty() || message.role() == Role.USER) {
      if (turns.size() == kept) {
        leave(turns.remove());
      }
      turns.add(new ArrayList<>());
    }
    turns.getLast().add(message);
    return !limits.hold(count, tokens);
  }

  private void leave(List<SessionMessage> turn) {
    for (SessionMessage message : turn) {
      if (message.pinned()) {
        return;
      }
    }
    excess.addAll(turn);
    count -= turn.size();
    tokens -= SessionTurns.tokens(turn);
  }

  List<SessionMessage> excess() {
    return excess;
  }
}

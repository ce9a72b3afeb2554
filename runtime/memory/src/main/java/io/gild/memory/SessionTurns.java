package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.memory.SessionMessage.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the turns of a session. A turn begins with a message of the user and ends before the next
 * one; what comes before the first such message is a turn, too. Instructions belong to no turn.
 */
@Experimental
public final class SessionTurns {

  private SessionTurns() {}

  /**
   * Returns the messages that have to be removed to keep within limits.
   *
   * @param messages the messages of a session in order
   * @param limits the limits
   * @return messages of the oldest turns without a pinned message; never of the newest turn
   */
  public static List<SessionMessage> excess(List<SessionMessage> messages, SessionLimits limits) {
    return excess(messages, limits, 1);
  }

  /**
   * Returns the messages that have to be removed to keep within limits.
   *
   * @param messages the messages of a session in order
   * @param limits the limits
   * @param kept how many of the newest turns stay in any case; 1 or more
   * @return messages of the oldest turns without a pinned message
   */
  public static List<SessionMessage> excess(
      List<SessionMessage> messages, SessionLimits limits, int kept) {
    TurnTrimmer trimmer = new TurnTrimmer(limits, kept, messages.size(), tokens(messages));
    for (SessionMessage message : messages) {
      if (!trimmer.offer(message)) {
        break;
      }
    }
    return trimmer.excess();
  }

  /**
   * Returns the turns.
   *
   * @param messages the messages of a session in order
   * @return each turn with its messages in order
   */
  public static List<List<SessionMessage>> of(List<SessionMessage> messages) {
    List<List<SessionMessage>> turns = new ArrayList<>();
    for (SessionMessage message : messages) {
      if (message.role() == Role.SYSTEM) {
        continue;
      }
      if (turns.isEmpty() || message.role() == Role.USER) {
        turns.add(new ArrayList<>());
      }
      turns.get(turns.size() - 1).add(message);
    }
    return turns;
  }

  static long tokens(List<SessionMessage> messages) {
    long sum = 0;
    for (SessionMessage message : messages) {
      sum += message.tokens();
    }
    return sum;
  }
}

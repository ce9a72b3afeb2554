package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.config.Require;

/**
 * How much of a session is kept. The oldest turns are removed first, each as a whole, so that a
 * request for tools and its results stay together. Instructions, pinned messages with their turns,
 * and the newest turn stay, even beyond the limits.
 *
 * @param messages the most messages; 1 or more
 * @param tokens the most tokens of all messages; 1 or more
 */
@Experimental
public record SessionLimits(int messages, int tokens) {

  /** Checks the values. */
  public SessionLimits {
    Require.atLeast(1, messages, "max-messages");
    Require.atLeast(1, tokens, "max-tokens");
  }

  /**
   * Returns limits that keep everything.
   *
   * @return the limits
   */
  public static SessionLimits none() {
    return new SessionLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);
  }

  /**
   * Returns whether a session is within the limits.
   *
   * @param ownMessages its messages
   * @param ownTokens their tokens
   * @return whether nothing has to be removed
   */
  public boolean hold(int ownMessages, long ownTokens) {
    return ownMessages <= messages && ownTokens <= tokens;
  }
}

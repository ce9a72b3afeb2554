package io.gild.core;

import io.gild.config.Experimental;

/** How a policy changed the way a call was answered. */
@Experimental
public enum Mark {
  /** The fallback answered. */
  FELL_BACK,
  /** The result of a side effect was replayed. */
  REPLAYED,
  /** The call went on with the next model. */
  FAILED_OVER,
  /** The answer was rejected, and the call went on with the next tier. */
  ESCALATED,
  /** An attempt exceeded its time limit. */
  TIMED_OUT,
  /** The budget refused the call. */
  BUDGET_REFUSED,
  /** The answer of the cache is that of a similar question, not of the same one. */
  SIMILAR;

  byte bit() {
    return (byte) (1 << ordinal());
  }

  /**
   * Returns whether a set of marks has this one.
   *
   * @param marks a set as {@link AgentCall#marks} returns it
   * @return {@code true} if it has
   */
  public boolean isIn(int marks) {
    return (marks & bit()) != 0;
  }
}

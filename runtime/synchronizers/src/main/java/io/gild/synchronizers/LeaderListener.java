package io.gild.synchronizers;

import io.gild.config.Experimental;

/**
 * Is notified of elections. Both methods are called in turns, one after the other, on a thread of
 * Gild.
 */
@Experimental
@FunctionalInterface
public interface LeaderListener {

  /**
   * Is called when this process has become the leader.
   *
   * @param token the fencing token of its leadership, greater than those of all leaders before
   */
  void onElected(long token);

  /** Is called when this process is the leader no more: it resigned, or its lease ended. */
  default void onLost() {}
}

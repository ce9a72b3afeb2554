package io.gild.operations;

import io.gild.config.Experimental;

/** What happens to a rollout that nothing decided in time. */
@Experimental
public enum Undecided {
  /** It waits for a person. */
  PAUSE,
  /** The present version gets all calls back. */
  ROLLBACK,
  /** The new version gets the next share. */
  ADVANCE,
  /**
   * The new version gets the next share, but before it gets all calls the rollout waits for a
   * person.
   */
  ADVANCE_BUT_LAST
}

package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.config.Require;

/**
 * What is remembered of a call that succeeded.
 *
 * @param session whether prompt and answer are appended to the session of the call
 * @param longTerm whether the prompt is remembered beyond the session
 * @param kind kind of that memory; not empty
 * @param importance importance of that memory; 0 to 1
 */
@Experimental
public record RememberPolicy(boolean session, boolean longTerm, String kind, double importance) {

  /** Checks the values. */
  public RememberPolicy {
    if (kind.isEmpty() || kind.equals(Experiences.KIND)) {
      throw new IllegalArgumentException(
          "kind must not be empty or " + Experiences.KIND + ", but is \"" + kind + "\"");
    }
    Require.between(0, 1, importance, "importance");
  }
}

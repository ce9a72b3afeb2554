package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.config.Require;
import org.jspecify.annotations.Nullable;

/**
 * Memories that a parameter receives before the method runs.
 *
 * @param parameter name of the parameter; {@code null} for the one that is marked
 * @param limit the most memories; 1 or more
 * @param kind kind of the memories; empty for all but experiences
 * @param threshold the least score; 0 or more
 */
@Experimental
public record RecallPolicy(@Nullable String parameter, int limit, String kind, double threshold) {

  /** Checks the values. */
  public RecallPolicy {
    Require.atLeast(1, limit, "limit");
    Require.between(0, Double.MAX_VALUE, threshold, "threshold");
  }
}

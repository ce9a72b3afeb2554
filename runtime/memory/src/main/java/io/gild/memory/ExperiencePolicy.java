package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.config.Require;
import org.jspecify.annotations.Nullable;

/**
 * Experiences that a parameter receives before the method runs; what the method does is kept as an
 * experience afterwards.
 *
 * @param parameter name of the parameter; {@code null} for the one that is marked, or for none
 * @param limit the most experiences; 1 or more
 */
@Experimental
public record ExperiencePolicy(@Nullable String parameter, int limit) {

  /** Checks the values. */
  public ExperiencePolicy {
    Require.atLeast(1, limit, "limit");
  }
}

package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.config.Section;

/**
 * Limits across policies.
 *
 * @param maxFailedRequests physical requests to models that may fail within one outermost call
 *     before no more are sent, however many layers retry; 0 for no bound
 */
@Experimental
public record Limits(int maxFailedRequests) {

  /** The section {@code limits}. */
  public static final Section<Limits> SECTION = Section.of("limits", Limits.class);

  /** Checks the values. */
  public Limits {
    Require.between(0, 10_000, maxFailedRequests, "max-failed-requests");
  }
}

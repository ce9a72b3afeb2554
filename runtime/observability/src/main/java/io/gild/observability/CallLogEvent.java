package io.gild.observability;

import io.gild.config.Experimental;

/** What the call log has lines of. */
@Experimental
public enum CallLogEvent {
  /** Calls that ended. */
  CALLS,
  /** Decisions out of the ordinary, such as retries, refusals and changes of circuit breakers. */
  DECISIONS,
  /** Decisions about ordinary calls: the chosen model, and answers of the cache. */
  CHOICES
}

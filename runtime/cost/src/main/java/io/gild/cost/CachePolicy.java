package io.gild.cost;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;
import java.util.List;

/**
 * Answers repeated questions from memory.
 *
 * @param ttl how long an answer stays valid after it was written; above zero
 * @param maximumSize how many answers are kept; at least 1
 * @param key names of the parameters that make up the key; empty means all but model and session
 * @param normalize whether texts in the key are compared in normalized form
 */
@Experimental
public record CachePolicy(Duration ttl, long maximumSize, List<String> key, boolean normalize) {

  /** Checks the values. */
  public CachePolicy {
    Require.positive(ttl, "ttl");
    Require.atLeast(1, maximumSize, "maximum-size");
    key = List.copyOf(key);
  }
}

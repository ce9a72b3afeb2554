package io.gild.judging;

import io.gild.config.Experimental;

/** One of the two versions that a rollout compares. */
@Experimental
public enum Side {
  /** The present version. */
  STABLE,
  /** The new version. */
  CANARY
}

package io.gild.operations;

import io.gild.config.Experimental;

/** How the new version gets its calls. */
@Experimental
public enum Strategy {
  /** In steps, each of which must pass. */
  CANARY,
  /** All at once, after smoke tests; the present version is kept warm for a while. */
  BLUE_GREEN,
  /** None: it answers copies of the calls, and its answers are compared. In one JVM only. */
  SHADOW
}

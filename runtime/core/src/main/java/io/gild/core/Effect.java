package io.gild.core;

import io.gild.config.Experimental;

/** What running a method does to the world. */
@Experimental
public enum Effect {
  /** No effect; it may be run again. */
  NONE,
  /** It changes the world: within one governed call it is run once for the same arguments. */
  SIDE_EFFECT,
  /** It changes the world, and running it again does no harm. */
  IDEMPOTENT
}

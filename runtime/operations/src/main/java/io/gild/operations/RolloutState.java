package io.gild.operations;

import io.gild.config.Experimental;

/** Where a rollout is. */
@Experimental
public enum RolloutState {
  /** The new version's process starts, or its smoke tests run. */
  STARTING,
  /** Both versions answer, and are compared. */
  RUNNING,
  /** The share stays until a person goes on; the new version can still be taken back. */
  PAUSED,
  /** The new version answers all calls, and the present one is kept warm. */
  SETTLING,
  /** The new version is the present one now. */
  PROMOTED,
  /** The present version gets its calls back. */
  ROLLING_BACK,
  /** The present version answers all calls. */
  ROLLED_BACK;

  /**
   * Returns whether a controller has nothing left to do.
   *
   * @return {@code true} after the end
   */
  public boolean isFinal() {
    return this == PROMOTED || this == ROLLED_BACK;
  }
}

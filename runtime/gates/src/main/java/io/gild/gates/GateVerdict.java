package io.gild.gates;

import io.gild.config.Experimental;

/** The verdict of a criterion, or of a whole gate; later ones weigh more. */
@Experimental
public enum GateVerdict {
  /** The requirement was met. */
  PASSED,
  /** The requirement was not met, but a responsible person overrode the verdict. */
  OVERRIDDEN,
  /** The measured value is good enough, but the sample is too small to prove it. */
  NOT_ENOUGH_RUNS,
  /** The requirement was not measured. */
  BLOCKED,
  /** The measured value is not good enough. */
  FAILED;

  /**
   * Returns whether a version may pass.
   *
   * @return whether this is {@link #PASSED} or {@link #OVERRIDDEN}
   */
  public boolean opens() {
    return this == PASSED || this == OVERRIDDEN;
  }

  /** Returns the words for a reader, such as {@code NOT ENOUGH RUNS}. */
  @Override
  public String toString() {
    return name().replace('_', ' ');
  }
}

package io.gild.gates;

/** How a criterion, or a whole gate, came out; later ones weigh more. */
public enum GateVerdict {
  /** What was asked for was shown. */
  PASSED,
  /** It was not shown, but somebody answers for going on. */
  OVERRIDDEN,
  /** What was seen is good enough, but too little to prove it. */
  NOT_ENOUGH_RUNS,
  /** It was not measured. */
  BLOCKED,
  /** What was seen is not good enough. */
  FAILED;

  /**
   * Returns whether a version may go on.
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

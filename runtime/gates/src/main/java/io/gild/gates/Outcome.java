package io.gild.gates;

/** How a golden task, or one check of its answer, ended. */
public enum Outcome {
  /** The answer is good enough. */
  PASSED,
  /** The answer is not good enough. */
  FAILED,
  /** The agent threw, returned a value that cannot be judged, or ended its JVM. */
  ERROR,
  /** No answer came in time. */
  TIMED_OUT,
  /** The judge could not judge the answer: its quality is unknown. */
  JUDGE_FAILED,
  /** The task was not run, by a condition or because the run ended before. */
  SKIPPED;

  /**
   * Returns whether the outcome counts as evidence about the agent.
   *
   * @return {@code false} for {@link #JUDGE_FAILED} and {@link #SKIPPED}, which count neither for
   *     nor against it
   */
  public boolean isDecided() {
    return this != JUDGE_FAILED && this != SKIPPED;
  }
}

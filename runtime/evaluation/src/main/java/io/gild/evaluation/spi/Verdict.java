package io.gild.evaluation.spi;

import io.gild.gates.Outcome;

/**
 * The result of a validator.
 *
 * @param outcome {@link Outcome#PASSED}, {@link Outcome#FAILED}, or {@link Outcome#JUDGE_FAILED} if
 *     it could not judge
 * @param score how good the answer is, from 0 to 1
 * @param reason one sentence for a reader; empty if the answer passed and there is nothing to note
 */
public record Verdict(Outcome outcome, double score, String reason) {

  /** Checks the values. */
  public Verdict {
    if (outcome != Outcome.PASSED && outcome != Outcome.FAILED && outcome != Outcome.JUDGE_FAILED) {
      throw new IllegalArgumentException(
          "outcome must be PASSED, FAILED or JUDGE_FAILED, but is " + outcome);
    }
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("score must be from 0 to 1, but is " + score);
    }
  }

  /**
   * Returns a full pass.
   *
   * @return passed, with a score of 1
   */
  public static Verdict pass() {
    return new Verdict(Outcome.PASSED, 1, "");
  }

  /**
   * Returns a full failure.
   *
   * @param reason one sentence for a reader
   * @return failed, with a score of 0
   */
  public static Verdict fail(String reason) {
    return new Verdict(Outcome.FAILED, 0, reason);
  }

  /**
   * Returns a full pass or a full failure.
   *
   * @param passed which
   * @param reason why it failed
   * @return the verdict
   */
  public static Verdict of(boolean passed, String reason) {
    return passed ? pass() : fail(reason);
  }

  /**
   * Returns that the answer could not be judged, which counts neither for nor against the agent.
   *
   * @param reason one sentence for a reader
   * @return not decided
   */
  public static Verdict judgeFailed(String reason) {
    return new Verdict(Outcome.JUDGE_FAILED, 0, reason);
  }

  /**
   * Returns whether the answer is good enough.
   *
   * @return whether the outcome is {@link Outcome#PASSED}
   */
  public boolean passed() {
    return outcome == Outcome.PASSED;
  }
}

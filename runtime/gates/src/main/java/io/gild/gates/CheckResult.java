package io.gild.gates;

import io.gild.config.Experimental;

/**
 * The result of one check of one answer.
 *
 * @param check the check in its author's words, such as {@code contains: 30 days}
 * @param outcome {@link Outcome#PASSED}, {@link Outcome#FAILED} or {@link Outcome#JUDGE_FAILED}
 * @param score how good the answer is by this check alone, from 0 to 1
 * @param weight how much the check counts in the task's score; above zero
 * @param reason one sentence for a reader; empty if the answer passed without a remark
 */
@Experimental
public record CheckResult(
    String check, Outcome outcome, double score, double weight, String reason) {

  /** Checks the values. */
  public CheckResult {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("score must be from 0 to 1, but is " + score);
    }
    if (!(weight > 0)) {
      throw new IllegalArgumentException("weight must be above zero, but is " + weight);
    }
  }
}

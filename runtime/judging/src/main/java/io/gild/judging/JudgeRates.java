package io.gild.judging;

import io.gild.config.Experimental;

/**
 * How often a judge may be wrong.
 *
 * @param falseRollback the largest probability that a new version that is in nothing worse than the
 *     stable one ever gets {@link CanaryVerdict#FAIL}, over all criteria, looks and steps together;
 *     above 0 and below 1. The criteria share it equally.
 * @param falsePass the largest probability that a new version whose harm in some criterion is above
 *     the tolerance ever gets {@link CanaryVerdict#PASS}; above 0 and below 1. It is not divided,
 *     because all criteria must pass.
 */
@Experimental
public record JudgeRates(double falseRollback, double falsePass) {

  /** Both are 5 %. */
  public static final JudgeRates DEFAULT = new JudgeRates(0.05, 0.05);

  /** Checks the rates. */
  public JudgeRates {
    requireRate(falseRollback, "false-rollback");
    requireRate(falsePass, "false-pass");
  }

  private static void requireRate(double rate, String name) {
    if (!(rate > 0 && rate < 1)) {
      throw new IllegalArgumentException(name + " must be above 0 and below 1, but is " + rate);
    }
  }
}

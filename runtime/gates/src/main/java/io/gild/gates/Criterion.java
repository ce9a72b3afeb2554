package io.gild.gates;

import java.util.List;

/**
 * One thing that a gate asks for. It measures and never assumes: what is not there is {@link
 * GateVerdict#BLOCKED}, not passed.
 */
@FunctionalInterface
public interface Criterion {

  /**
   * Judges what is known of a version.
   *
   * @param evidence what is known
   * @return one finding per agent, or one about all of them
   */
  List<Finding> judge(GateEvidence evidence);

  /**
   * Returns a criterion that fails if a version is worse than its baseline by more than chance
   * explains; regressed tasks are named either way.
   *
   * @param comparison the version beside its baseline
   * @return the criterion {@code regression}
   */
  static Criterion noRegression(Comparison comparison) {
    return evidence -> List.of(RegressionCriterion.judge(comparison));
  }
}

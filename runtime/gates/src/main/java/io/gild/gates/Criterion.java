package io.gild.gates;

import io.gild.config.Experimental;
import java.util.List;

/**
 * One requirement of a gate. It measures and never assumes: missing evidence is {@link
 * GateVerdict#BLOCKED}, not passed.
 */
@Experimental
@FunctionalInterface
public interface Criterion {

  /**
   * Judges the evidence of a version.
   *
   * @param evidence the evidence
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

package io.gild.evaluation;

import io.gild.config.GoldenSpec;
import io.gild.config.WeightedCheck;
import io.gild.gates.CheckResult;
import io.gild.gates.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * What the checks of a task come to.
 *
 * @param score weighted mean of their scores
 * @param message why the task did not pass; empty if it did
 */
record Scored(Outcome outcome, double score, String message) {

  /**
   * Judges a task: each check must pass or, with a pass score, the weighted mean must reach it and
   * each required check pass. A check that could not judge leaves the task undecided, unless
   * another one decides it without.
   *
   * @param checks what the checks of turns and task found, those of the task last
   */
  static Scored of(GoldenSpec spec, List<CheckResult> checks) {
    double weights = 0;
    double most = 0;
    List<String> reasons = new ArrayList<>();
    boolean failed = false;
    boolean undecided = false;
    for (int i = 0; i < checks.size(); i++) {
      CheckResult check = checks.get(i);
      boolean judgeFailed = check.outcome() == Outcome.JUDGE_FAILED;
      weights += check.weight();
      most += check.weight() * (judgeFailed ? 1 : check.score());
      undecided |= judgeFailed;
      if (check.outcome() != Outcome.PASSED) {
        reasons.add(check.check() + ": " + check.reason());
        failed |= !judgeFailed && (spec.passScore() == null || isRequired(spec, checks, i));
      }
    }
    double score = mean(checks);
    Double enough = spec.passScore();
    if (enough != null && most / weights < enough) {
      failed = true;
    }
    if (enough != null && !failed && score >= enough && !isAnyRequiredOpen(spec, checks)) {
      undecided = false;
    }
    Outcome outcome = failed ? Outcome.FAILED : undecided ? Outcome.JUDGE_FAILED : Outcome.PASSED;
    return new Scored(outcome, score, outcome == Outcome.PASSED ? "" : String.join("\n", reasons));
  }

  /** Returns the weighted mean of scores. */
  static double mean(List<CheckResult> checks) {
    double weights = 0;
    double sum = 0;
    for (CheckResult check : checks) {
      weights += check.weight();
      sum += check.weight() * check.score();
    }
    return weights == 0 ? 1 : Math.max(0, Math.min(1, sum / weights));
  }

  private static boolean isAnyRequiredOpen(GoldenSpec spec, List<CheckResult> checks) {
    for (int i = 0; i < checks.size(); i++) {
      if (checks.get(i).outcome() == Outcome.JUDGE_FAILED && isRequired(spec, checks, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isRequired(GoldenSpec spec, List<CheckResult> checks, int index) {
    List<WeightedCheck> all = new ArrayList<>();
    spec.turns().forEach(turn -> all.addAll(turn.checks()));
    all.addAll(spec.checks());
    return all.size() == checks.size() && all.get(index).required();
  }
}

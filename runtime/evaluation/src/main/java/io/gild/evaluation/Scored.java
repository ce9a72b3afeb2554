package io.gild.evaluation;

import io.gild.gates.CheckResult;
import io.gild.gates.Outcome;
import io.gild.golden.GoldenSpec;
import io.gild.golden.WeightedCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The result of the checks of a task.
 *
 * @param score weighted mean of their scores
 * @param message why the task did not pass; empty if it did
 */
record Scored(Outcome outcome, double score, String message) {

  /**
   * Judges a task: each check must pass or, with a pass score, the weighted mean must reach it and
   * each required check pass. A check that could not judge leaves the task undecided, unless the
   * other checks decide it.
   *
   * @param checks the results of the checks of turns and task, those of the task last
   */
  static Scored of(GoldenSpec spec, List<CheckResult> checks) {
    List<WeightedCheck> written = written(spec);
    Double enough = spec.passScore();
    List<String> reasons = new ArrayList<>();
    boolean failed = false;
    boolean open = false;
    for (int i = 0; i < checks.size(); i++) {
      CheckResult check = checks.get(i);
      boolean decisive = enough == null || written.get(i).required();
      failed |= decisive && check.outcome() == Outcome.FAILED;
      open |= decisive && check.outcome() == Outcome.JUDGE_FAILED;
      if (check.outcome() != Outcome.PASSED) {
        reasons.add(check.check() + ": " + check.reason());
      }
    }
    double score = mean(checks);
    if (enough != null) {
      failed |= best(checks) < enough;
      open |= score < enough;
    }
    Outcome outcome = failed ? Outcome.FAILED : open ? Outcome.JUDGE_FAILED : Outcome.PASSED;
    return new Scored(outcome, score, outcome == Outcome.PASSED ? "" : String.join("\n", reasons));
  }

  private static List<WeightedCheck> written(GoldenSpec spec) {
    List<WeightedCheck> written = new ArrayList<>();
    spec.turns().forEach(turn -> written.addAll(turn.checks()));
    written.addAll(spec.checks());
    return written;
  }

  /** Returns the weighted mean of scores. */
  static double mean(List<CheckResult> checks) {
    return mean(checks, CheckResult::score);
  }

  /** Returns the mean if each check that could not judge had passed. */
  private static double best(List<CheckResult> checks) {
    return mean(checks, check -> check.outcome() == Outcome.JUDGE_FAILED ? 1 : check.score());
  }

  private static double mean(List<CheckResult> checks, ToDoubleFunction<CheckResult> score) {
    double weights = 0;
    double sum = 0;
    for (CheckResult check : checks) {
      weights += check.weight();
      sum += check.weight() * score.applyAsDouble(check);
    }
    return weights == 0 ? 1 : Math.max(0, Math.min(1, sum / weights));
  }
}

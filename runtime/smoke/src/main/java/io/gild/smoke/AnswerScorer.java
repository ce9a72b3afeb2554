package io.gild.smoke;

import io.gild.evaluation.Validators;
import io.gild.evaluation.spi.Evidence;
import io.gild.evaluation.spi.Verdict;
import io.gild.gates.CheckResult;
import io.gild.gates.Outcome;
import io.gild.gates.Spent;
import io.gild.golden.AnswerCheck;
import io.gild.golden.GoldenSpec;
import io.gild.golden.WeightedCheck;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Scores answers by the checks of golden tasks with one turn. Thread-safe. */
final class AnswerScorer {

  /**
   * A score.
   *
   * @param verdict whether the answer passes, and its score
   * @param undecided why a check could not judge; empty if each did
   */
  record Score(Verdict verdict, String undecided) {}

  private final Validators validators = new Validators(AnswerScorer.class.getClassLoader());

  Score score(GoldenSpec task, String answer, Duration took) {
    Spent spent = new Spent(took, BigDecimal.ZERO, 0, 0, 1, 0, false);
    Evidence evidence =
        new Evidence(task.question(), answer, List.of(), spent, false, false, false);
    List<WeightedCheck> checks = new ArrayList<>(task.turns().get(0).checks());
    checks.addAll(task.checks());
    List<CheckResult> results = validators.judge(checks, evidence);
    String undecided =
        results.stream()
            .filter(each -> each.outcome() == Outcome.JUDGE_FAILED)
            .map(each -> each.check() + ": " + each.reason())
            .findFirst()
            .orElse(invisible(checks));
    return new Score(Validators.verdict(task, results), undecided);
  }

  /** The attempts within an application cannot be counted from outside. */
  private static String invisible(List<WeightedCheck> checks) {
    return checks.stream()
        .filter(each -> each.check() instanceof AnswerCheck.Attempts)
        .map(each -> each.text() + ": attempts are not visible in an answer over the network")
        .findFirst()
        .orElse("");
  }
}

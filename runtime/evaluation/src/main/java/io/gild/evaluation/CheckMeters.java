package io.gild.evaluation;

import io.gild.core.Meters;
import io.gild.gates.CheckResult;
import io.gild.gates.Outcome;
import io.gild.gates.TaskResult;
import java.util.Locale;
import java.util.regex.Pattern;

/** Meters the checks of golden tasks. Thread-safe. */
final class CheckMeters {

  private static final String PASS = "pass";
  private static final String FAIL = "fail";
  private static final String UNDECIDED = "undecided";

  private static final Pattern TURN = Pattern.compile("^turn [0-9]+: ");

  private CheckMeters() {}

  static void record(TaskResult result, Meters meters) {
    String agent = result.key().agent();
    for (CheckResult check : result.checks()) {
      String evaluator = evaluator(check.check());
      for (String each : new String[] {PASS, FAIL, UNDECIDED}) {
        meters
            .recorder(EvaluationMeter.RESULTS.spec(), agent, evaluator, each)
            .record(each.equals(word(check.outcome())) ? 1 : 0);
      }
      if (check.outcome() != Outcome.JUDGE_FAILED) {
        meters.recorder(EvaluationMeter.SCORE.spec(), agent, evaluator).record(check.score());
      }
    }
  }

  /**
   * Returns the kind of a check, without the number of its turn and without what its author
   * expects, such as a text.
   */
  static String evaluator(String named) {
    String check = TURN.matcher(named).replaceFirst("");
    int colon = check.indexOf(':');
    return (colon < 0 ? check : check.substring(0, colon)).strip().toLowerCase(Locale.ROOT);
  }

  static String word(Outcome outcome) {
    return switch (outcome) {
      case PASSED -> PASS;
      case FAILED -> FAIL;
      default -> UNDECIDED;
    };
  }
}

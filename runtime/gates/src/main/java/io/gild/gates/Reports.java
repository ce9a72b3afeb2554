package io.gild.gates;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;

/** Shared code of the reports. */
final class Reports {

  private Reports() {}

  /**
   * Returns words such as {@code timed out}; {@code not judged} also if a check lacked its data.
   */
  static String outcome(TaskResult run) {
    boolean judged =
        run.checks().stream()
            .filter(check -> check.outcome() == Outcome.JUDGE_FAILED)
            .noneMatch(Reports::usesAJudge);
    boolean known = run.checks().stream().anyMatch(each -> each.outcome() == Outcome.JUDGE_FAILED);
    return run.outcome() == Outcome.JUDGE_FAILED && known && judged
        ? "not judged"
        : outcome(run.outcome());
  }

  /** Returns words such as {@code failed}. */
  static String outcome(CheckResult check) {
    return check.outcome() == Outcome.JUDGE_FAILED && !usesAJudge(check)
        ? "not judged"
        : outcome(check.outcome());
  }

  private static boolean usesAJudge(CheckResult check) {
    return check.check().contains("judge");
  }

  /** Returns words such as {@code timed out}. */
  static String outcome(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** Returns the state of a task: passed, failed, flaky or undecided. */
  static String state(TaskStats task) {
    if (task.decided() == 0) {
      return "undecided";
    }
    return task.isFlaky() ? "flaky" : task.passes() > 0 ? "passed" : "failed";
  }

  /** Returns how score, cost and latency changed, for readers. */
  static Map<String, String> differences(Comparison comparison) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put(
        "score", change(comparison.score(), score -> String.format(Locale.ROOT, "%.3f", score)));
    lines.put("cost", change(comparison.costUsd(), Words::usd));
    lines.put("latency", change(comparison.latencySeconds(), Words::seconds));
    return lines;
  }

  private static String change(Difference difference, DoubleFunction<String> unit) {
    return "%s to %s, change %s to %s at 95 %%%s"
        .formatted(
            unit.apply(difference.before()),
            unit.apply(difference.now()),
            signed(difference.change().low(), unit),
            signed(difference.change().high(), unit),
            difference.isClear() ? "" : " (may be chance)");
  }

  private static String signed(double value, DoubleFunction<String> unit) {
    return (value > 0 ? "+" : "") + unit.apply(value);
  }
}

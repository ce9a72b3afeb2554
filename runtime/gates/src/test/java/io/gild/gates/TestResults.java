package io.gild.gates;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes results. */
final class TestResults {

  static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

  private TestResults() {}

  /**
   * Makes the runs of a task: P passed, F failed, E threw, T came late, J judge failed, S skipped.
   */
  static List<TaskResult> runs(String agent, String task, String outcomes) {
    List<TaskResult> runs = new ArrayList<>();
    for (int i = 0; i < outcomes.length(); i++) {
      runs.add(run(agent, task, i + 1, outcome(outcomes.charAt(i))));
    }
    return runs;
  }

  /** Makes one run of each of some tasks, the first ones passed. */
  static List<TaskResult> tasks(String agent, int passed, int all) {
    List<TaskResult> results = new ArrayList<>();
    for (int i = 0; i < all; i++) {
      results.addAll(runs(agent, "t%03d".formatted(i), i < passed ? "P" : "F"));
    }
    return results;
  }

  static TaskResult run(String agent, String task, int repeat, Outcome outcome) {
    return run(agent, task, repeat, outcome, "0.002", 120);
  }

  static TaskResult run(
      String agent, String task, int repeat, Outcome outcome, String costUsd, long millis) {
    boolean passed = outcome == Outcome.PASSED;
    return new TaskResult(
        new TaskKey(agent, task),
        "1.2",
        "com.acme.SupportAgent#answer",
        List.of("smoke"),
        repeat,
        42,
        NOW.minusSeconds(60),
        outcome,
        passed ? 1 : 0.25,
        List.of(),
        "What is the refund policy?",
        "within 30 days",
        passed ? "within 30 days" : "within 60 days",
        passed ? "" : "the answer does not contain \"30 days\"",
        new Spent(Duration.ofMillis(millis), new BigDecimal(costUsd), 100, 20, 1, 1));
  }

  /** Makes one run of an agent that called a model. */
  static TaskResult costing(String task, String costUsd, boolean known) {
    TaskResult run = run("support", task, 1, Outcome.PASSED, costUsd, 10);
    return with(run, run.method(), run.spent().withCostKnown(known));
  }

  /** Makes one run of a task of a class. */
  static TaskResult of(String type, String agent, String task, Outcome outcome) {
    TaskResult run = run(agent, task, 1, outcome);
    return with(run, type + "#answer", run.spent());
  }

  private static TaskResult with(TaskResult run, String method, Spent spent) {
    return new TaskResult(
        run.key(),
        run.version(),
        method,
        run.tags(),
        1,
        run.seed(),
        run.started(),
        run.outcome(),
        run.score(),
        run.checks(),
        run.input(),
        run.expected(),
        run.answer(),
        run.message(),
        spent);
  }

  private static Outcome outcome(char letter) {
    return switch (letter) {
      case 'P' -> Outcome.PASSED;
      case 'F' -> Outcome.FAILED;
      case 'E' -> Outcome.ERROR;
      case 'T' -> Outcome.TIMED_OUT;
      case 'J' -> Outcome.JUDGE_FAILED;
      default -> Outcome.SKIPPED;
    };
  }
}

package io.gild.evaluation;

import io.gild.evaluation.spi.GoldenRun;
import io.gild.gates.CheckResult;
import io.gild.gates.Outcome;
import io.gild.gates.Spent;
import io.gild.gates.TaskKey;
import io.gild.gates.TaskResult;
import io.gild.golden.DeclaredAgent;
import io.gild.golden.GoldenSet;
import io.gild.golden.GoldenSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A planned run of a golden task.
 *
 * @param agent the agent
 * @param task the task
 * @param repeat number of this run of the task, from 1
 * @param seed seed of this run
 * @param timeout longest time to an answer
 */
record PlannedRun(
    DeclaredAgent agent, GoldenSet.Task task, int repeat, long seed, Duration timeout) {

  /** The longest answer in a report; longer answers are judged completely and shown in part. */
  private static final int LONGEST_SHOWN = 20_000;

  TaskKey key() {
    return new TaskKey(agent.name(), task.spec().id());
  }

  GoldenSpec spec() {
    return task.spec();
  }

  GoldenRun run() {
    String session = "golden-" + agent.name() + "-" + spec().id() + "-" + repeat + "-" + seed;
    return new GoldenRun(key(), spec().tags(), repeat, seed, session);
  }

  /** Returns the result of a run that got no answer. */
  TaskResult without(Outcome outcome, String message, Instant started, Spent spent) {
    return result(outcome, 0, List.of(), "", message, started, spent);
  }

  TaskResult result(
      Outcome outcome,
      double score,
      List<CheckResult> checks,
      String answer,
      String message,
      Instant started,
      Spent spent) {
    return new TaskResult(
        key(),
        agent.version(),
        agent.type() + "#" + task.method().name(),
        spec().tags(),
        repeat,
        seed,
        started,
        outcome,
        score,
        checks,
        shown(Transcript.asked(spec())),
        shown(spec().expectation()),
        shown(answer),
        shown(message),
        spent);
  }

  static String shown(String text) {
    return text.length() <= LONGEST_SHOWN
        ? text
        : text.substring(0, LONGEST_SHOWN)
            + " ... and "
            + (text.length() - LONGEST_SHOWN)
            + " more characters";
  }
}

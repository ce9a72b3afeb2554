package io.gild.evaluation;

import io.gild.core.CallLabels;
import io.gild.core.CostDimension;
import io.gild.core.TracedWork;
import io.gild.core.WorkTraces;
import io.gild.core.spi.WorkTracer;
import io.gild.gates.CheckResult;
import io.gild.gates.Outcome;
import io.gild.gates.TaskResult;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The span of one run of a golden task, with an event for each check. The spans of the agent and of
 * a judge are below it. Used by the thread of the task; only the end may come from another one.
 */
final class EvaluationSpan {

  private static final String TASK = "gild.golden.task";
  private static final String RESULT = "gen_ai.evaluation.result";

  private final WorkTraces traces;
  private final WorkTracer.Traced traced;
  private final String task;

  private EvaluationSpan(WorkTraces traces, WorkTracer.Traced traced, String task) {
    this.traces = traces;
    this.traced = traced;
    this.task = task;
  }

  static EvaluationSpan begin(PlannedRun planned) {
    String task = planned.spec().id();
    WorkTraces traces = WorkTraces.ofApplication();
    TracedWork work =
        TracedWork.of(
                "gild.evaluation " + task,
                Map.of(
                    TASK,
                    task,
                    "gild.golden.repeat",
                    (long) planned.repeat(),
                    "gen_ai.agent.name",
                    planned.agent().name()))
            .by(planned.agent().name(), planned.task().method().name())
            .alwaysRecorded();
    return new EvaluationSpan(traces, traces.begin(work), task);
  }

  /** Makes the span the context of the current thread; returns what removes it. */
  Runnable enter() {
    return traced.enter();
  }

  /** Names the task in the span and in the cost of the agent's call that comes next. */
  Runnable describeCall() {
    Runnable label = CallLabels.of(CostDimension.TASK, task).open();
    Runnable described = traces.next(TracedWork.of("", Map.of(TASK, task)));
    return () -> {
      described.run();
      label.run();
    };
  }

  /** Adds the results of checks. */
  void checked(List<CheckResult> checks) {
    checks.forEach(check -> traced.event(RESULT, attributes(check)));
  }

  private static Map<String, Object> attributes(CheckResult check) {
    Map<String, Object> attributes = new HashMap<>();
    attributes.put("gen_ai.evaluation.name", CheckMeters.evaluator(check.check()));
    attributes.put("gen_ai.evaluation.score.label", CheckMeters.word(check.outcome()));
    if (check.outcome() != Outcome.JUDGE_FAILED) {
      attributes.put("gen_ai.evaluation.score.value", check.score());
    }
    if (!check.reason().isEmpty()) {
      attributes.put("gen_ai.evaluation.explanation", check.reason());
    }
    return attributes;
  }

  void ended(TaskResult result) {
    traced.add(
        Map.of(
            "gild.golden.outcome",
            result.outcome().name().toLowerCase(Locale.ROOT),
            "gild.golden.score",
            result.score()));
    ended(result.outcome() == Outcome.ERROR ? "error" : null);
  }

  /** Ends the span; only the first end counts. */
  void ended(@Nullable String errorType) {
    traced.ended(errorType);
  }
}

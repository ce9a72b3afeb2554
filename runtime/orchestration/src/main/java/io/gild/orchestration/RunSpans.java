package io.gild.orchestration;

import io.gild.core.TracedWork;
import io.gild.core.WorkTraces;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes the spans of a run and of its steps, which are governed calls. */
final class RunSpans {

  static final String TRACEPARENT = "traceparent";

  private static final String OPERATION = "gen_ai.operation.name";
  private static final String RUN = "gild.run.id";
  private static final String STATE = "gild.run.state";

  private RunSpans() {}

  /** Describes the call of a run that comes next; returns what removes the description. */
  static Runnable describeRun(RunScope run, @Nullable String earlier) {
    return WorkTraces.ofApplication()
        .next(
            TracedWork.of(
                    "invoke_workflow " + run.workflow(),
                    Map.of(
                        OPERATION,
                        "invoke_workflow",
                        "gen_ai.workflow.name",
                        run.workflow(),
                        RUN,
                        run.id()))
                .linkedTo(earlier == null ? List.of() : List.of(TRACEPARENT, earlier)));
  }

  /** Describes the call of a step that comes next; returns what removes the description. */
  static Runnable describeStep(RunScope run, String name, String path) {
    return WorkTraces.ofApplication()
        .next(
            TracedWork.of(
                "gild.step " + name,
                Map.of(OPERATION, "gild.step", RUN, run.id(), "gild.run.step", path)));
  }

  /** Adds the state that a run or a step leaves to the span of the current call. */
  static void state(RunState state) {
    WorkTraces.ofApplication().current(Map.of(STATE, RunMeters.word(state)));
  }

  /** Returns the identity of the current span for the journal; {@code null} if there is none. */
  static @Nullable String identity() {
    List<String> context = WorkTraces.ofApplication().context();
    int index = context.indexOf(TRACEPARENT);
    return index < 0 || index + 1 >= context.size() ? null : context.get(index + 1);
  }
}

package io.gild.orchestration;

import io.gild.core.CallLabels;
import io.gild.core.CostDimension;

/** Labels the calls of runs and steps, so that their cost can be attributed to them. */
final class RunLabels {

  private RunLabels() {}

  /** Labels the calls of a run; returns what ends the label, on the same thread. */
  static Runnable ofRun(RunScope run) {
    return CallLabels.of(CostDimension.WORKFLOW, run.workflow()).open();
  }

  /** Labels the calls of a step, on any thread; returns what ends the labels. */
  static Runnable ofStep(RunScope run, String name) {
    return CallLabels.of(CostDimension.WORKFLOW, run.workflow())
        .and(CostDimension.STEP, name)
        .open();
  }
}

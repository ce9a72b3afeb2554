package io.gild.evaluation;

import io.gild.gates.TaskResult;

/** Runs golden tasks, one at a time for each thread that asks. */
interface TaskRunner extends AutoCloseable {

  /**
   * Makes a run.
   *
   * @return its result, whatever the agent does
   */
  TaskResult run(PlannedRun planned);

  @Override
  default void close() {}
}

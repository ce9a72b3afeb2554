package io.gild.evaluation;

import io.gild.gates.TaskResult;

/** Runs golden tasks, one at a time for each calling thread. */
interface TaskRunner extends AutoCloseable {

  /**
   * Makes a run.
   *
   * @return its result, also if the agent fails
   */
  TaskResult run(PlannedRun planned);

  @Override
  default void close() {}
}

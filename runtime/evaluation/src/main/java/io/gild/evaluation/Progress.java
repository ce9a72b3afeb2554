package io.gild.evaluation;

import io.gild.config.Experimental;
import io.gild.gates.TaskResult;

/** Receives the progress of a run of golden tasks; one call at a time. */
@Experimental
@FunctionalInterface
public interface Progress {

  /**
   * Receives one more result.
   *
   * @param result the result
   * @param done number of results so far, including this one and those of an earlier, broken run
   * @param total number of results at the end
   */
  void on(TaskResult result, int done, int total);
}

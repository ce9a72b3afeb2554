package io.gild.evaluation;

import io.gild.gates.TaskResult;

/** Hears how a run of golden tasks goes; one call at a time. */
@FunctionalInterface
public interface Progress {

  /**
   * Hears of one more result.
   *
   * @param result the result
   * @param done how many there are, this one and those of an earlier, broken run included
   * @param total how many there will be
   */
  void on(TaskResult result, int done, int total);
}

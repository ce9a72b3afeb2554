package io.gild.a2a.client;

import io.gild.a2a.A2aException;
import io.gild.a2a.A2aTask;
import io.gild.config.Experimental;

/** A task did not end with a result: it failed, was rejected or canceled, or needs something. */
@Experimental
public class A2aTaskEnded extends A2aException {

  private static final long serialVersionUID = 1L;

  private final transient A2aTask task;

  A2aTaskEnded(A2aTask task, String reason) {
    super(
        "task "
            + task.id()
            + " is "
            + task.status().state()
            + (reason.isEmpty() ? "" : ": " + reason));
    this.task = task;
  }

  /**
   * Returns the task.
   *
   * @return its last known state
   */
  public A2aTask task() {
    return task;
  }
}

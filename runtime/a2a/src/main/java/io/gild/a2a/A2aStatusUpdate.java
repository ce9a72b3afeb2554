package io.gild.a2a;

import io.gild.config.Experimental;
import java.util.Map;

/**
 * The change of a task's status; immutable.
 *
 * @param taskId the task; not empty
 * @param contextId its conversation; not empty
 * @param status the new status
 * @param metadata JSON
 */
@Experimental
public record A2aStatusUpdate(
    String taskId, String contextId, A2aTaskStatus status, Map<String, Object> metadata)
    implements A2aEvent {

  /** Checks and copies. */
  public A2aStatusUpdate {
    A2aValues.notEmpty(taskId, "taskId");
    A2aValues.notEmpty(contextId, "contextId");
    metadata = A2aValues.object(metadata);
  }

  /**
   * Returns whether the stream ends behind this event.
   *
   * @return whether the task has ended or waits for the user
   */
  public boolean isFinal() {
    return status.state().isTerminal() || status.state().isInterrupted();
  }
}

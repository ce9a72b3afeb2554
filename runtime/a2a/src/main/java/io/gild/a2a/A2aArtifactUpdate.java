package io.gild.a2a;

import io.gild.config.Experimental;
import java.util.Map;

/**
 * An artifact of a task, or a chunk of one; immutable.
 *
 * @param taskId the task; not empty
 * @param contextId its conversation; not empty
 * @param artifact the artifact or chunk
 * @param append whether the content goes behind that of the artifact with the same id
 * @param lastChunk whether the artifact is complete with it
 * @param metadata JSON
 */
@Experimental
public record A2aArtifactUpdate(
    String taskId,
    String contextId,
    A2aArtifact artifact,
    boolean append,
    boolean lastChunk,
    Map<String, Object> metadata)
    implements A2aEvent {

  /** Checks and copies. */
  public A2aArtifactUpdate {
    A2aValues.notEmpty(taskId, "taskId");
    A2aValues.notEmpty(contextId, "contextId");
    metadata = A2aValues.object(metadata);
  }
}

package io.gild.a2a;

import io.gild.config.Experimental;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A unit of work of an agent; immutable.
 *
 * @param id identifies the task; made by the server; not empty
 * @param contextId the conversation, or {@code null} if a foreign agent did not say
 * @param status the state
 * @param artifacts the results so far
 * @param history the messages so far, oldest first
 * @param metadata JSON
 */
@Experimental
public record A2aTask(
    String id,
    @Nullable String contextId,
    A2aTaskStatus status,
    List<A2aArtifact> artifacts,
    List<A2aMessage> history,
    Map<String, Object> metadata)
    implements A2aReply {

  /** Checks and copies. */
  public A2aTask {
    A2aValues.notEmpty(id, "id");
    contextId = A2aValues.textOrNull(contextId);
    artifacts = List.copyOf(artifacts);
    history = List.copyOf(history);
    metadata = A2aValues.object(metadata);
  }

  @Override
  public String taskId() {
    return id;
  }

  /**
   * Returns the state.
   *
   * @return the state of the status
   */
  public A2aTaskState state() {
    return status.state();
  }

  /**
   * Returns the same task with another status.
   *
   * @param next the status
   * @return the task; the message of the former status joins its history
   */
  public A2aTask with(A2aTaskStatus next) {
    A2aTask task = status.message() == null ? this : with(status.message());
    return new A2aTask(id, contextId, next, artifacts, task.history, metadata);
  }

  /**
   * Returns the same task with a message behind its history.
   *
   * @param message the message
   * @return the task
   */
  public A2aTask with(A2aMessage message) {
    List<A2aMessage> all = new ArrayList<>(history);
    all.add(message);
    return new A2aTask(id, contextId, status, artifacts, all, metadata);
  }

  /**
   * Returns the same task with an artifact, or with a chunk of one.
   *
   * @param artifact the artifact; replaces the one with its id
   * @param append whether its content goes behind that of the artifact with its id
   * @return the task
   */
  public A2aTask with(A2aArtifact artifact, boolean append) {
    List<A2aArtifact> all = new ArrayList<>(artifacts);
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).artifactId().equals(artifact.artifactId())) {
        all.set(i, append ? all.get(i).plus(artifact) : artifact);
        return new A2aTask(id, contextId, status, all, history, metadata);
      }
    }
    all.add(artifact);
    return new A2aTask(id, contextId, status, all, history, metadata);
  }

  /**
   * Returns the same task with its newest messages only.
   *
   * @param most how many at most; zero or more
   * @return the task
   */
  public A2aTask withHistory(int most) {
    if (history.size() <= most) {
      return this;
    }
    List<A2aMessage> newest = history.subList(history.size() - most, history.size());
    return new A2aTask(id, contextId, status, artifacts, newest, metadata);
  }

  /**
   * Returns the same task without its artifacts.
   *
   * @return the task
   */
  public A2aTask withoutArtifacts() {
    return new A2aTask(id, contextId, status, List.of(), history, metadata);
  }

  /**
   * Returns the same task with other metadata.
   *
   * @param values JSON
   * @return the task
   */
  public A2aTask withMetadata(Map<String, Object> values) {
    return new A2aTask(id, contextId, status, artifacts, history, values);
  }
}

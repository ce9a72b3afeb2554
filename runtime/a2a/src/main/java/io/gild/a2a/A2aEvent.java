package io.gild.a2a;

import io.gild.config.Experimental;
import org.jspecify.annotations.Nullable;

/** What a stream and a push notification carry: a reply, or a change of a task. */
@Experimental
public sealed interface A2aEvent permits A2aReply, A2aStatusUpdate, A2aArtifactUpdate {

  /**
   * Returns the task that the event belongs to.
   *
   * @return an id, or {@code null} for a message without a task
   */
  @Nullable String taskId();

  /**
   * Returns the context that the event belongs to.
   *
   * @return an id, or {@code null} for a message without a context
   */
  @Nullable String contextId();
}

package io.gild.a2a.server;

import io.gild.a2a.A2aArtifact;
import io.gild.a2a.A2aMessage;
import io.gild.a2a.A2aTask;
import io.gild.a2a.A2aTaskState;
import io.gild.config.Experimental;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message to an agent and the way to answer it; safe for use by many threads.
 *
 * <p>What is said after the end (a state that ends the task or waits for the user, a {@link
 * #reply}, a cancellation, the time limit) is dropped and logged once.
 */
@Experimental
public interface A2aExchange {

  /**
   * Returns the message.
   *
   * @return the message, with the ids of its task and context
   */
  A2aMessage message();

  /**
   * Returns the task before this message.
   *
   * @return the task, or {@code null} if the message begins one
   */
  @Nullable A2aTask task();

  /**
   * Returns the id of the task.
   *
   * @return the id that the task has or will have
   */
  String taskId();

  /**
   * Returns the conversation.
   *
   * @return the client's id, or a new one
   */
  String contextId();

  /**
   * Returns the tenant of the client.
   *
   * @return the tenant; empty if there is only one
   */
  String tenant();

  /**
   * Returns the metadata of the request, beside that of the message.
   *
   * @return JSON
   */
  Map<String, Object> metadata();

  /**
   * Returns the media types that the client wants.
   *
   * @return media types; empty for any
   */
  List<String> acceptedOutputModes();

  /**
   * Returns the extensions that the client supports.
   *
   * @return URIs
   */
  Set<String> extensions();

  /**
   * Returns a header of the request of HTTP, such as {@code traceparent}.
   *
   * @param name the name, in any case
   * @return the value, several ones joined by commas; {@code null} if the request has no such
   *     header, or if it contains credentials
   */
  @Nullable String header(String name);

  /**
   * Sets the state of the task.
   *
   * @param state the state
   * @param message what the agent says about it, or {@code null}
   */
  void status(A2aTaskState state, @Nullable A2aMessage message);

  /**
   * Adds an artifact, or a chunk of one.
   *
   * @param artifact the artifact; replaces the one with its id unless it is appended
   * @param append whether the content goes behind that of the artifact with the same id
   * @param lastChunk whether the artifact is complete with it
   */
  void artifact(A2aArtifact artifact, boolean append, boolean lastChunk);

  /**
   * Answers with a message, without a task. If there is a task already, because something was said
   * before or the answer took longer than a moment, the message completes it.
   *
   * @param message the answer
   */
  void reply(A2aMessage message);

  /** Lets the handler return before the task has ended; the time limit goes on. */
  void continueAsync();

  /**
   * Returns whether the answer is not wanted any more.
   *
   * @return whether the task was canceled or has ended otherwise
   */
  boolean isEnded();

  /**
   * Sets what runs when the task is canceled or exceeds its time; the handler's thread is
   * interrupted as well.
   *
   * @param action runs once, at once if that has happened
   */
  void onCancel(Runnable action);

  /**
   * Adds a complete artifact.
   *
   * @param artifact the artifact
   */
  default void artifact(A2aArtifact artifact) {
    artifact(artifact, false, true);
  }

  /** Says that the agent works on the task. */
  default void working() {
    status(A2aTaskState.WORKING, null);
  }

  /**
   * Ends the task well.
   *
   * @param message what the agent says, or {@code null}
   */
  default void complete(@Nullable A2aMessage message) {
    status(A2aTaskState.COMPLETED, message);
  }

  /**
   * Ends the task with an error.
   *
   * @param message what the agent says, or {@code null}
   */
  default void fail(@Nullable A2aMessage message) {
    status(A2aTaskState.FAILED, message);
  }

  /**
   * Ends the task undone.
   *
   * @param message what the agent says, or {@code null}
   */
  default void reject(@Nullable A2aMessage message) {
    status(A2aTaskState.REJECTED, message);
  }

  /**
   * Waits for another message of the user, which the handler gets as another exchange.
   *
   * @param message what the agent asks, or {@code null}
   */
  default void requireInput(@Nullable A2aMessage message) {
    status(A2aTaskState.INPUT_REQUIRED, message);
  }

  /**
   * Waits for credentials of the user, and then another message.
   *
   * @param message what the agent asks, or {@code null}
   */
  default void requireAuth(@Nullable A2aMessage message) {
    status(A2aTaskState.AUTH_REQUIRED, message);
  }
}

package io.gild.a2a;

import io.gild.config.Experimental;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A message of a client to an agent, or of an agent to its client; immutable.
 *
 * @param messageId identifies the message; made by its author; not empty
 * @param contextId the conversation, or {@code null}
 * @param taskId the task, or {@code null}
 * @param role the author
 * @param parts the content; at least one
 * @param metadata JSON
 * @param extensions URIs of the extensions that the message uses
 * @param referenceTaskIds other tasks that the message refers to
 */
@Experimental
public record A2aMessage(
    String messageId,
    @Nullable String contextId,
    @Nullable String taskId,
    A2aRole role,
    List<A2aPart> parts,
    Map<String, Object> metadata,
    List<String> extensions,
    List<String> referenceTaskIds)
    implements A2aReply {

  /** Checks and copies. */
  public A2aMessage {
    A2aValues.notEmpty(messageId, "messageId");
    contextId = A2aValues.textOrNull(contextId);
    taskId = A2aValues.textOrNull(taskId);
    parts = A2aValues.notEmpty(parts, "parts");
    metadata = A2aValues.object(metadata);
    extensions = List.copyOf(extensions);
    referenceTaskIds = List.copyOf(referenceTaskIds);
  }

  /**
   * Creates a message with a new id.
   *
   * @param role the author
   * @param parts the content; at least one
   * @return the message, of no task and no context
   */
  public static A2aMessage of(A2aRole role, List<A2aPart> parts) {
    return new A2aMessage(
        UUID.randomUUID().toString(), null, null, role, parts, Map.of(), List.of(), List.of());
  }

  /**
   * Creates a message of an agent with a new id.
   *
   * @param text the text
   * @return the message, of no task and no context
   */
  public static A2aMessage ofAgent(String text) {
    return of(A2aRole.AGENT, List.of(A2aPart.text(text)));
  }

  /**
   * Creates a message of a user with a new id.
   *
   * @param text the text
   * @return the message, of no task and no context
   */
  public static A2aMessage ofUser(String text) {
    return of(A2aRole.USER, List.of(A2aPart.text(text)));
  }

  /**
   * Returns the same message in a task.
   *
   * @param context the conversation, or {@code null}
   * @param task the task, or {@code null}
   * @return the message
   */
  public A2aMessage in(@Nullable String context, @Nullable String task) {
    return new A2aMessage(
        messageId, context, task, role, parts, metadata, extensions, referenceTaskIds);
  }

  /**
   * Returns the same message with other metadata.
   *
   * @param values JSON
   * @return the message
   */
  public A2aMessage withMetadata(Map<String, Object> values) {
    return new A2aMessage(
        messageId, contextId, taskId, role, parts, values, extensions, referenceTaskIds);
  }

  /**
   * Returns the texts of the parts that are texts.
   *
   * @return the texts, joined by line feeds; may be empty
   */
  public String text() {
    return textOf(parts);
  }

  static String textOf(List<A2aPart> parts) {
    return parts.stream()
        .filter(A2aPart.Text.class::isInstance)
        .map(part -> ((A2aPart.Text) part).text())
        .collect(Collectors.joining("\n"));
  }
}

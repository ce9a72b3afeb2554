package io.gild.a2a;

import io.gild.config.Experimental;
import io.gild.config.Json;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the objects of the protocol as maps, which {@link Json} reads and writes as
 * text.
 *
 * <p><b>Reading</b> accepts either version, names in camel case and in snake case, unknown fields,
 * and absent optional ones. A value that does not fit is an {@link IllegalArgumentException} that
 * names its place, such as {@code message.parts[0].text must be a text, but is 7}.
 *
 * <p><b>Writing</b> leaves absent fields out.
 */
@Experimental
public final class A2aJson {

  private A2aJson() {}

  /**
   * Reads what a stream carries: {@code {"task": …}} of version 1.0 and its like, or an object of
   * version 0.3 that names its {@code kind}.
   *
   * @param json a map
   * @return a task, message, status update or artifact update
   * @throws IllegalArgumentException if it is none of these
   */
  public static A2aEvent event(@Nullable Object json) {
    return A2aReader.event(A2aFields.of(json, ""));
  }

  /**
   * Reads a task.
   *
   * @param json a map
   * @return the task
   * @throws IllegalArgumentException if it is none
   */
  public static A2aTask task(@Nullable Object json) {
    return A2aReader.task(A2aFields.of(json, ""));
  }

  /**
   * Reads a message.
   *
   * @param json a map
   * @return the message
   * @throws IllegalArgumentException if it is none
   */
  public static A2aMessage message(@Nullable Object json) {
    return A2aReader.message(A2aFields.of(json, ""));
  }

  /**
   * Reads a message.
   *
   * @param json its fields; messages of failures name their place
   * @return the message
   * @throws IllegalArgumentException if it is none
   */
  public static A2aMessage message(A2aFields json) {
    return A2aReader.message(json);
  }

  /**
   * Reads the configuration of push notifications.
   *
   * @param json its fields; messages of failures name their place
   * @return the configuration
   * @throws IllegalArgumentException if it is none
   */
  public static A2aPushConfig pushConfig(A2aFields json) {
    return A2aReader.pushConfig(json);
  }

  /**
   * Reads a part.
   *
   * @param json a map
   * @return the part
   * @throws IllegalArgumentException if it is none
   */
  public static A2aPart part(@Nullable Object json) {
    return A2aReader.part(A2aFields.of(json, ""));
  }

  /**
   * Reads an artifact.
   *
   * @param json a map
   * @return the artifact
   * @throws IllegalArgumentException if it is none
   */
  public static A2aArtifact artifact(@Nullable Object json) {
    return A2aReader.artifact(A2aFields.of(json, ""));
  }

  /**
   * Reads the configuration of push notifications.
   *
   * @param json a map
   * @return the configuration
   * @throws IllegalArgumentException if it is none
   */
  public static A2aPushConfig pushConfig(@Nullable Object json) {
    return A2aReader.pushConfig(A2aFields.of(json, ""));
  }

  /**
   * Reads a card.
   *
   * @param json a map
   * @return the card
   * @throws IllegalArgumentException if it is none
   */
  public static AgentCard card(@Nullable Object json) {
    return CardReader.card(A2aFields.of(json, ""));
  }

  /**
   * Writes an event: below the name of its kind in 1.0, with its {@code kind} inside in 0.3.
   *
   * @param event the event
   * @param version the version
   * @return a map
   */
  public static Map<String, Object> write(A2aEvent event, A2aVersion version) {
    return new A2aWriter(version).event(event);
  }

  /**
   * Writes a task without the name of its kind around it.
   *
   * @param task the task
   * @param version the version
   * @return a map
   */
  public static Map<String, Object> writeTask(A2aTask task, A2aVersion version) {
    return new A2aWriter(version).task(task);
  }

  /**
   * Writes a message without the name of its kind around it.
   *
   * @param message the message
   * @param version the version
   * @return a map
   */
  public static Map<String, Object> writeMessage(A2aMessage message, A2aVersion version) {
    return new A2aWriter(version).message(message);
  }

  /**
   * Writes a part.
   *
   * @param part the part
   * @param version the version
   * @return a map
   */
  public static Map<String, Object> writePart(A2aPart part, A2aVersion version) {
    return new A2aWriter(version).part(part);
  }

  /**
   * Writes an artifact.
   *
   * @param artifact the artifact
   * @param version the version
   * @return a map
   */
  public static Map<String, Object> writeArtifact(A2aArtifact artifact, A2aVersion version) {
    return new A2aWriter(version).artifact(artifact);
  }

  /**
   * Writes the configuration of push notifications.
   *
   * @param config the configuration
   * @param version the version
   * @return a map
   */
  public static Map<String, Object> writePushConfig(A2aPushConfig config, A2aVersion version) {
    return new A2aWriter(version).pushConfig(config);
  }

  /**
   * Writes a card in version 1.0.
   *
   * @param card the card
   * @return a map
   */
  public static Map<String, Object> writeCard(AgentCard card) {
    return CardWriter.card(card, false);
  }

  /**
   * Writes a card for clients of either version: the fields of 1.0, and beside them those of 0.3
   * that have other names. Strict clients of 1.0 reject it.
   *
   * @param card a card with an interface that speaks 0.3
   * @return a map
   */
  public static Map<String, Object> writeCardOfBothVersions(AgentCard card) {
    return CardWriter.card(card, true);
  }

  /**
   * Writes a time the way the protocol does.
   *
   * @param time the time
   * @return such as {@code 2026-01-31T12:00:00.000Z}
   */
  public static String timestamp(Instant time) {
    return A2aWriter.timestamp(time);
  }

  /** JSON's null is a value inside, too; maps of JSON are declared without it everywhere. */
  @SuppressWarnings("NullAway")
  static Map<String, Object> nonNull(Map<String, @Nullable Object> json) {
    return json;
  }
}

package io.gild.orchestration;

import io.gild.a2a.A2aMessage;
import io.gild.config.Experimental;

/**
 * A task that peers bid for.
 *
 * @param message what is to be done
 * @param key the same for each time the task is awarded, also after a failure of the JVM that
 *     awards it: a peer that changes the world can recognize by it what it has done already
 * @param tenant on whose behalf; may be empty
 */
@Experimental
public record PeerTask(A2aMessage message, String key, String tenant) {

  /**
   * Creates a task with a new key and without a tenant.
   *
   * @param text what is to be done
   * @return the task
   */
  public static PeerTask of(String text) {
    A2aMessage message = A2aMessage.ofUser(text);
    return new PeerTask(message, message.messageId(), "");
  }

  /**
   * Returns what is to be done.
   *
   * @return the text of the message
   */
  public String text() {
    return message.text();
  }
}

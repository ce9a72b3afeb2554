package io.gild.orchestration;

import io.gild.config.Experimental;
import org.jspecify.annotations.Nullable;

/**
 * What an agent does with a conversation: it passes it to another agent, or ends it.
 *
 * @param to the agent that takes over, or {@code null} if the conversation has ended
 * @param value what that agent gets, or the result
 */
@Experimental
public record HandOff(@Nullable String to, @Nullable Object value) {

  /**
   * Passes the conversation on.
   *
   * @param agent the agent that takes over
   * @param value what that agent gets
   * @return the hand-off
   */
  public static HandOff to(String agent, @Nullable Object value) {
    return new HandOff(agent, value);
  }

  /**
   * Ends the conversation.
   *
   * @param result the result
   * @return the hand-off
   */
  public static HandOff done(@Nullable Object result) {
    return new HandOff(null, result);
  }
}

package io.gild.a2a.server;

import io.gild.a2a.AgentCard;
import io.gild.config.Experimental;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An agent that is served.
 *
 * @param name its name in addresses ({@code /agents/NAME}): letters, digits, {@code .}, {@code _}
 *     and {@code -}
 * @param card its card; the server adds where the agent is reached and how clients authenticate, if
 *     the card does not say
 * @param extendedCard the card for clients that have authenticated, or {@code null}
 * @param handler answers its messages
 */
@Experimental
public record A2aAgent(
    String name, AgentCard card, @Nullable AgentCard extendedCard, A2aHandler handler) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

  /** Checks the name. */
  public A2aAgent {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the name of an agent must be 1 to 128 letters, digits, dots, underscores and hyphens,"
              + " but is \""
              + name
              + "\"");
    }
  }

  /**
   * Creates an agent without an extended card.
   *
   * @param name its name in addresses
   * @param card its card
   * @param handler answers its messages
   * @return the agent
   */
  public static A2aAgent of(String name, AgentCard card, A2aHandler handler) {
    return new A2aAgent(name, card, null, handler);
  }
}

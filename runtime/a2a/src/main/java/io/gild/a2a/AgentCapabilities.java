package io.gild.a2a;

import io.gild.config.Experimental;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agent supports beyond plain requests; immutable.
 *
 * @param streaming whether it streams events
 * @param pushNotifications whether it pushes events
 * @param extendedAgentCard whether clients that have authenticated get another card
 * @param extensions extensions of the protocol
 */
@Experimental
public record AgentCapabilities(
    boolean streaming,
    boolean pushNotifications,
    boolean extendedAgentCard,
    List<Extension> extensions) {

  /** Copies the list. */
  public AgentCapabilities {
    extensions = List.copyOf(extensions);
  }

  /**
   * Creates capabilities without push notifications, extensions and an extended card.
   *
   * @param streaming whether the agent streams events
   * @return the capabilities
   */
  public static AgentCapabilities streaming(boolean streaming) {
    return new AgentCapabilities(streaming, false, false, List.of());
  }

  /**
   * Returns the same capabilities with or without push notifications.
   *
   * @param value whether the agent pushes events
   * @return the capabilities
   */
  public AgentCapabilities pushNotifications(boolean value) {
    return new AgentCapabilities(streaming, value, extendedAgentCard, extensions);
  }

  /**
   * Returns the same capabilities with or without an extended card.
   *
   * @param value whether there is one
   * @return the capabilities
   */
  public AgentCapabilities extendedAgentCard(boolean value) {
    return new AgentCapabilities(streaming, pushNotifications, value, extensions);
  }

  /**
   * An extension of the protocol; immutable.
   *
   * @param uri identifies the extension; not empty
   * @param description how the agent uses it, or {@code null}
   * @param required whether clients must support it
   * @param params JSON
   */
  public record Extension(
      String uri, @Nullable String description, boolean required, Map<String, Object> params) {

    /** Checks and copies. */
    public Extension {
      A2aValues.notEmpty(uri, "uri");
      description = A2aValues.textOrNull(description);
      params = A2aValues.object(params);
    }
  }
}

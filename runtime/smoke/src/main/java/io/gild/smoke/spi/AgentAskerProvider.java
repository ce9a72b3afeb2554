package io.gild.smoke.spi;

import io.gild.config.Experimental;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Asks agents over a protocol that has its own addresses and bodies. Found by the service loader,
 * and used for golden tasks whose settings have no path.
 */
@Experimental
public interface AgentAskerProvider {

  /**
   * Returns the name of the protocol.
   *
   * @return such as {@code A2A}
   */
  String name();

  /**
   * Creates what asks an agent; does not connect.
   *
   * @param url address of the application
   * @param agent name of the agent; {@code null} for the only one
   * @param token token of the caller; {@code null} for none
   * @param purpose value of the header {@code Gild-Synthetic}
   * @return what asks
   */
  AgentAsker open(URI url, @Nullable String agent, @Nullable String token, String purpose);
}

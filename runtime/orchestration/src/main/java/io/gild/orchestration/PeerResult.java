package io.gild.orchestration;

import io.gild.a2a.A2aMessage;
import io.gild.config.Experimental;

/**
 * What a peer returned.
 *
 * @param peer its name
 * @param message its result
 */
@Experimental
public record PeerResult(String peer, A2aMessage message) {

  /**
   * Returns the result.
   *
   * @return the text of the message
   */
  public String text() {
    return message.text();
  }
}

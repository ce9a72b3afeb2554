package io.gild.coordination;

import io.gild.config.Experimental;

/**
 * Handles the messages of a subscription. It runs on several threads if the subscription allows.
 */
@Experimental
@FunctionalInterface
public interface MessageHandler {

  /**
   * Handles a message. If it returns, the message was handled, unless it called {@link
   * Delivery#retry} or {@link Delivery#reject}. If it throws, the message is delivered again after
   * a delay, or is in the dead letters after the last delivery.
   *
   * @param delivery the message
   * @throws Exception if the message was not handled
   */
  void handle(Delivery delivery) throws Exception;
}

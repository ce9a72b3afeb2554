package io.gild.a2a.server;

import io.gild.a2a.A2aErrorCode;
import io.gild.a2a.A2aException;
import io.gild.a2a.A2aMessage;
import io.gild.config.Experimental;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers the messages to an agent. */
@Experimental
@FunctionalInterface
public interface A2aHandler {

  /**
   * Answers a message. It may take its time and block its thread: each message has one of its own,
   * virtual where the JVM has such.
   *
   * <p>A handler that throws, or returns without an end of the task, makes the task fail; one that
   * goes on in other threads calls {@link A2aExchange#continueAsync()} before it returns. The text
   * of an {@link A2aException} reaches the client; that of other exceptions is logged only.
   *
   * @param exchange the message, and where the answer goes
   * @throws Exception if the message cannot be answered
   */
  void handle(A2aExchange exchange) throws Exception;

  /**
   * Creates a handler that completes each task with one text.
   *
   * @param answer takes a message and returns the text
   * @return the handler
   */
  static A2aHandler answering(Function<A2aMessage, @Nullable String> answer) {
    return exchange -> {
      String text = answer.apply(exchange.message());
      if (text == null) {
        throw new A2aException(A2aErrorCode.INVALID_AGENT_RESPONSE, "the agent gave no answer");
      }
      exchange.complete(A2aMessage.ofAgent(text));
    };
  }
}

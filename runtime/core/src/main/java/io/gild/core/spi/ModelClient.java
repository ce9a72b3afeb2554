package io.gild.core.spi;

import io.gild.config.Experimental;
import java.io.IOException;
import java.time.Duration;

/**
 * Calls a chat model for Gild itself, such as the judge of golden tasks; the first one that {@link
 * java.util.ServiceLoader} finds is used, or else an endpoint that speaks OpenAI's protocol.
 * Thread-safe.
 */
@Experimental
public interface ModelClient {

  /**
   * Calls the model once.
   *
   * @param model name of the model; empty for the client's default
   * @param instructions what it is to do
   * @param question the text that it works on
   * @param timeout longest time to its answer
   * @return its answer, unchanged
   * @throws IOException if it does not answer
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  String ask(String model, String instructions, String question, Duration timeout)
      throws IOException, InterruptedException;
}

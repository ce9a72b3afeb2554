package io.gild.core.spi;

import java.io.IOException;
import java.time.Duration;

/**
 * Asks a chat model on Gild's own behalf, such as the judge of golden tasks; the first one that
 * {@link java.util.ServiceLoader} finds is used, or else an endpoint that speaks OpenAI's protocol.
 * Thread-safe.
 */
public interface ModelClient {

  /**
   * Asks the model once.
   *
   * @param model name of the model; empty for the one it uses by itself
   * @param instructions what it is to do
   * @param question what it is to do it with
   * @param timeout longest time to its answer
   * @return its answer, as it came
   * @throws IOException if it does not answer
   * @throws InterruptedException if the thread is interrupted meanwhile
   */
  String ask(String model, String instructions, String question, Duration timeout)
      throws IOException, InterruptedException;
}

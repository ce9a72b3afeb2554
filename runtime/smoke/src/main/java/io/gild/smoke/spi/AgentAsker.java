package io.gild.smoke.spi;

import io.gild.config.Experimental;
import io.gild.golden.GoldenInput;
import java.io.IOException;
import java.time.Duration;

/** Asks a running agent. Thread-safe. */
@Experimental
@FunctionalInterface
public interface AgentAsker {

  /**
   * Asks a question.
   *
   * @param input the input of a golden task
   * @param timeout after how long the agent has not answered; above zero
   * @return the answer
   * @throws NoAnswerException if the agent answered something else than an answer
   * @throws IOException if it did not answer at all, in time
   * @throws InterruptedException if the thread is interrupted
   */
  String ask(GoldenInput input, Duration timeout) throws IOException, InterruptedException;

  /** The agent answered, but with an error, or without an answer in it. */
  final class NoAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception.
     *
     * @param message what came instead
     */
    public NoAnswerException(String message) {
      super(message);
    }
  }
}

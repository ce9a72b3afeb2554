package io.gild.smoke;

import io.gild.golden.GoldenSpec;
import io.gild.smoke.spi.AgentAsker;
import java.io.IOException;
import java.time.Duration;

/**
 * The agent of an application and the golden task that smoke tests ask it.
 *
 * @param timeout how long an answer may take
 */
record SmokeAgent(AgentAsker asker, GoldenSpec task, Duration timeout) {

  /** An answer and how long it took. */
  record Answer(String text, Duration took) {}

  Answer ask() throws IOException, InterruptedException {
    long start = System.nanoTime();
    String text = asker.ask(task.turns().get(0).input(), timeout);
    return new Answer(text, Duration.ofNanos(System.nanoTime() - start));
  }
}

package io.gild.traffic;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for conditions, with a deadline. */
final class Until {

  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private Until() {}

  static void isTrue(Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("the condition is still not true after " + DEADLINE);
      }
      Thread.sleep(5);
    }
  }
}

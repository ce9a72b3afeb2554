package io.gild.weaver;

import java.lang.ref.Reference;
import java.time.Duration;
import java.time.Instant;

/** Waits for asynchronous work of the JVM. */
final class Awaiting {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private Awaiting() {}

  /** Waits until an object is collected. */
  static void collected(Reference<?> kept) {
    Instant deadline = Instant.now().plus(LONGEST);
    while (!kept.refersTo(null)) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("still there: " + kept.get());
      }
      System.gc();
      Thread.onSpinWait();
    }
  }
}

package io.gild.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Delays a request. Every step is due at a time relative to the arrival, so that delays do not add
 * up.
 */
final class Pace {

  private long dueNanos;

  Pace(long arrivalNanos) {
    this.dueNanos = arrivalNanos;
  }

  void step(Duration time) {
    dueNanos += time.toNanos();
    long left = dueNanos - System.nanoTime();
    while (left > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(left);
      left = dueNanos - System.nanoTime();
    }
  }
}

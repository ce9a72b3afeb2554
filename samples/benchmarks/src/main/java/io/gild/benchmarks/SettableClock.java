package io.gild.benchmarks;

import io.gild.core.spi.Clock;
import java.time.Instant;

/** A clock that a simulation sets, also back. */
final class SettableClock implements Clock {

  private long nanos;

  void set(double seconds) {
    nanos = (long) (seconds * 1e9);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public Instant now() {
    return Instant.EPOCH.plusNanos(nanos);
  }

  @Override
  public void sleep(long duration) {
    nanos += duration;
  }
}

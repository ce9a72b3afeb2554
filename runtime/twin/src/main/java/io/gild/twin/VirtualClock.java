package io.gild.twin;

import io.gild.core.spi.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock that only the simulation moves; a sleeper moves it, too. Not thread-safe. */
final class VirtualClock implements Clock {

  private final Instant start;
  private long nanos;

  VirtualClock(Instant start) {
    this.start = start;
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public Instant now() {
    return start.plusNanos(nanos);
  }

  @Override
  public void sleep(long duration) {
    nanos += duration;
  }

  /** Moves to a time; one that has passed changes nothing. */
  void moveTo(Instant time) {
    nanos = Math.max(nanos, Duration.between(start, time).toNanos());
  }
}

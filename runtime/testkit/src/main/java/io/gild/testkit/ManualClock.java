package io.gild.testkit;

import io.gild.config.Experimental;
import io.gild.core.spi.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still until a test moves it.
 *
 * <p>It has wall time ({@link #instant()}) and monotonic time ({@link #nanoTime()}), which move
 * together. A thread that sleeps on it does not wait: the clock advances instead. Safe for use by
 * many threads.
 */
@Experimental
public final class ManualClock extends java.time.Clock implements Clock {

  private static final Instant DEFAULT_START = Instant.parse("2026-01-01T00:00:00Z");

  private final Instant start;
  private final ZoneId zone;
  private final AtomicLong elapsedNanos;

  private ManualClock(Instant start, ZoneId zone, AtomicLong elapsedNanos) {
    this.start = start;
    this.zone = zone;
    this.elapsedNanos = elapsedNanos;
  }

  /** Creates a clock that shows 2026-01-01T00:00:00Z. */
  public static ManualClock create() {
    return startingAt(DEFAULT_START);
  }

  /** Creates a clock that shows the given instant. */
  public static ManualClock startingAt(Instant start) {
    return new ManualClock(start, ZoneOffset.UTC, new AtomicLong());
  }

  /** Moves the clock forward; it cannot be moved back. */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("A clock advances by zero or more, not by " + by);
    }
    elapsedNanos.addAndGet(by.toNanos());
  }

  /** Returns the nanoseconds this clock has been advanced by since its creation. */
  @Override
  public long nanoTime() {
    return elapsedNanos.get();
  }

  @Override
  public Instant now() {
    return instant();
  }

  @Override
  public void sleep(long nanos) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before a sleep of " + nanos + " ns");
    }
    elapsedNanos.addAndGet(nanos);
  }

  @Override
  public Instant instant() {
    return start.plusNanos(elapsedNanos.get());
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** Returns a view of this clock in another zone: both advance together. */
  @Override
  public ManualClock withZone(ZoneId other) {
    return new ManualClock(start, other, elapsedNanos);
  }

  @Override
  public String toString() {
    return "ManualClock[" + instant() + "]";
  }
}

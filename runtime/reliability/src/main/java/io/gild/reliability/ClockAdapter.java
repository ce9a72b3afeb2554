package io.gild.reliability;

import io.gild.core.spi.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The runtime's clock in the shape that Resilience4j requires. */
final class ClockAdapter extends java.time.Clock {

  private final Clock clock;

  ClockAdapter(Clock clock) {
    this.clock = clock;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public java.time.Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public Instant instant() {
    return clock.now();
  }
}

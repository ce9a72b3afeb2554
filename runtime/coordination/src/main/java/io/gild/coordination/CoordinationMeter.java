package io.gild.coordination;

import io.gild.config.Experimental;
import io.gild.core.spi.MeterSpec;
import java.util.Arrays;
import java.util.List;

/** The meters of the broker. */
@Experimental
public enum CoordinationMeter {
  /** Messages by what became of them. */
  PUBLISHED(
      MeterSpec.counter("gild.broker.published", "Messages published by what became of them")
          .by("engine", "outcome")),
  /** Messages that wait. */
  QUEUED(
      MeterSpec.gauge(
              "gild.broker.queued",
              "Messages of a subscription that are not handled yet; of engines in this JVM alone")
          .highest()
          .by("engine", "subscription")),
  /** Deliveries. */
  DELIVERED(
      MeterSpec.counter("gild.broker.delivered", "Deliveries of messages to handlers")
          .by("engine", "subscription")),
  /** Repeated deliveries. */
  REDELIVERED(
      MeterSpec.counter(
              "gild.broker.redelivered", "Deliveries of messages that were delivered before")
          .by("engine", "subscription")),
  /** Messages that are delivered no longer. */
  DEAD_LETTERS(
      MeterSpec.counter("gild.broker.dead_letters", "Messages moved to the dead letters, by reason")
          .by("engine", "subscription", "reason"));

  private final MeterSpec spec;

  CoordinationMeter(MeterSpec spec) {
    this.spec = spec;
  }

  /**
   * Returns the declaration.
   *
   * @return the meter
   */
  public MeterSpec spec() {
    return spec;
  }

  static List<MeterSpec> specs() {
    return Arrays.stream(values()).map(CoordinationMeter::spec).toList();
  }
}

package io.gild.core;

import io.gild.config.Experimental;
import io.gild.core.spi.MeterSpec;
import java.util.Arrays;
import java.util.List;

/** The meters of the module {@code core}. */
@Experimental
public enum CoreMeter {
  /** US dollars saved. */
  SAVED(
      MeterSpec.counter(
              "gild.cost.saved",
              "US dollars saved: what cached and shared answers cost when they were made, and what the requested model would have cost more")
          .in("usd")
          .ofMethods("source")),
  /** Side effects replayed. */
  REPLAYS(
      MeterSpec.counter("gild.effect.replays", "Side effects replayed instead of run again")
          .ofMethods()
          .counting(Counts.Event.REPLAYED));

  private final MeterSpec spec;

  CoreMeter(MeterSpec spec) {
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
    return Arrays.stream(values()).map(CoreMeter::spec).toList();
  }
}

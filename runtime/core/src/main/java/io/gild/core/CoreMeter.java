package io.gild.core;

import io.gild.config.Experimental;
import io.gild.core.spi.MeterSpec;
import java.util.Arrays;
import java.util.List;

/** The meters of the module {@code core}. */
@Experimental
public enum CoreMeter {
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

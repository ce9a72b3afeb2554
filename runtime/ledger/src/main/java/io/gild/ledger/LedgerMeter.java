package io.gild.ledger;

import io.gild.config.Experimental;
import io.gild.core.spi.MeterSpec;
import java.util.Arrays;
import java.util.List;

/** The meters of the ledger. */
@Experimental
public enum LedgerMeter {
  /** Entries, written or lost. */
  ENTRIES(
      MeterSpec.counter("gild.ledger.entries", "Entries of the ledger: written, or lost")
          .by("result")),
  /** Entries that wait for the disk. */
  PENDING(MeterSpec.gauge("gild.ledger.pending", "Entries of the ledger that are not written yet"));

  private final MeterSpec spec;

  LedgerMeter(MeterSpec spec) {
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
    return Arrays.stream(values()).map(LedgerMeter::spec).toList();
  }
}

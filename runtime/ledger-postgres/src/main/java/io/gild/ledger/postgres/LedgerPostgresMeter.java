package io.gild.ledger.postgres;

import io.gild.config.Experimental;
import io.gild.core.spi.MeterSpec;
import java.util.Arrays;
import java.util.List;

/** The meters of the ledger in PostgreSQL. */
@Experimental
public enum LedgerPostgresMeter {
  /** What waits for the server. */
  UNSENT(
      MeterSpec.gauge(
          "gild.ledger.unsent", "Bytes of the ledger's folder that PostgreSQL does not have yet"));

  private final MeterSpec spec;

  LedgerPostgresMeter(MeterSpec spec) {
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
    return Arrays.stream(values()).map(LedgerPostgresMeter::spec).toList();
  }
}

package io.gild.anomalies;

import io.gild.config.Experimental;
import io.gild.core.spi.MeterSpec;
import java.util.Arrays;
import java.util.List;

/** The meters of what is unusual. */
@Experimental
public enum AnomalyMeter {
  /** How unusual a method is. */
  SCORE(
      MeterSpec.gauge(
              "gild.anomaly.score",
              "Evidence of a change as a part of what raises a flag, 1 while there is a flag")
          .highest()
          .ofMethods("signal")),
  /** Raised flags. */
  DETECTED(
      MeterSpec.counter("gild.anomaly.detected", "Flags that were raised").ofMethods("signal"));

  private final MeterSpec spec;

  AnomalyMeter(MeterSpec spec) {
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
    return Arrays.stream(values()).map(AnomalyMeter::spec).toList();
  }
}

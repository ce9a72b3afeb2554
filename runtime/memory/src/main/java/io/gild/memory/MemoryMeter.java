package io.gild.memory;

import io.gild.config.Experimental;
import io.gild.core.spi.MeterSpec;
import java.util.Arrays;
import java.util.List;

/** The meters of memory. */
@Experimental
public enum MemoryMeter {
  /** Searches for memories. */
  RECALLS(
      MeterSpec.counter("gild.memory.recalls", "Searches for memories that fit a prompt, by result")
          .ofMethods("result"));

  private final MeterSpec spec;

  MemoryMeter(MeterSpec spec) {
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
    return Arrays.stream(values()).map(MemoryMeter::spec).toList();
  }
}

package io.gild.core.spi;

import io.gild.config.Experimental;
import java.util.List;

/**
 * Exports the meters of a runtime. The module {@code observability} has one; without it, all
 * amounts are dropped. Thread-safe.
 */
@Experimental
public interface MeterBackend {

  /**
   * Returns what records the amounts of a series. It may be one that many series share, if there
   * are too many of them.
   *
   * @param spec a counter, timer or summary
   * @param values values of its tags in order
   * @return the recorder
   */
  MeterRecorder recorder(MeterSpec spec, List<String> values);

  /**
   * Exports a number until it is over.
   *
   * @param spec a gauge or counter
   * @param values values of its tags in order
   * @param reading the number
   */
  void export(MeterSpec spec, List<String> values, MeterReading reading);

  /** Removes the series of readings that are over; counters keep theirs. */
  void removeEnded();
}

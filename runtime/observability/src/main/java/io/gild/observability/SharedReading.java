package io.gild.observability;

import io.gild.core.spi.MeterReading;
import io.gild.core.spi.MeterSpec;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The numbers that share one series. Thread-safe. */
final class SharedReading {

  private final MeterSpec spec;
  private final List<MeterReading> readings = new ArrayList<>(1);

  /** What counters that are over have counted. */
  private double ended;

  SharedReading(MeterSpec spec) {
    this.spec = spec;
  }

  synchronized void add(MeterReading reading) {
    readings.add(reading);
  }

  synchronized double value() {
    removeEnded();
    double combined = ended;
    boolean first = spec.type() == MeterSpec.Type.GAUGE;
    for (MeterReading reading : readings) {
      double value = reading.value();
      boolean highest = spec.combined() == MeterSpec.Combined.HIGHEST && !first;
      combined = highest ? Math.max(combined, value) : combined + value;
      first = false;
    }
    return combined;
  }

  /** Removes the numbers that are over; a counter keeps what they have counted. */
  synchronized void removeEnded() {
    for (Iterator<MeterReading> each = readings.iterator(); each.hasNext(); ) {
      MeterReading reading = each.next();
      if (reading.isOver()) {
        keep(reading);
        each.remove();
      }
    }
  }

  /** Removes numbers, as if they were over. */
  synchronized void end(List<MeterReading> removed) {
    for (MeterReading reading : removed) {
      if (readings.remove(reading)) {
        keep(reading);
      }
    }
  }

  private void keep(MeterReading reading) {
    if (spec.type() == MeterSpec.Type.COUNTER) {
      ended += reading.value();
    }
  }
}

package io.gild.observability;

import io.gild.core.spi.MeterReading;
import io.gild.core.spi.MeterSpec;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The numbers that share one series. Thread-safe. */
final class SharedReading {

  private final MeterSpec spec;
  private final List<MeterReading> readings = new ArrayList<>();

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
    for (MeterReading reading : readings) {
      double value = reading.value();
      combined =
          spec.combined() == MeterSpec.Combined.HIGHEST
              ? Math.max(combined, value)
              : combined + value;
    }
    return combined;
  }

  /** Removes the numbers that are over; returns whether the series has ended with them. */
  synchronized boolean removeEnded() {
    boolean counter = spec.type() == MeterSpec.Type.COUNTER;
    for (Iterator<MeterReading> each = readings.iterator(); each.hasNext(); ) {
      MeterReading reading = each.next();
      if (reading.isOver()) {
        ended += counter ? reading.value() : 0;
        each.remove();
      }
    }
    return readings.isEmpty() && !counter;
  }
}

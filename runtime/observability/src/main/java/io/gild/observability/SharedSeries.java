package io.gild.observability;

import io.gild.core.WeakKeys;
import io.gild.core.spi.MeterReading;
import io.gild.core.spi.MeterSpec;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The series of Gild in one registry. Several runtimes of a JVM may use one registry, which takes
 * each series once: they share it, and the last one removes it. Thread-safe.
 */
final class SharedSeries {

  private static final WeakKeys<SharedSeries> ALL = new WeakKeys<>();

  /**
   * Identifies a series.
   *
   * @param name name of the meter
   * @param values values of its tags in order
   */
  record Key(String name, List<String> values) {}

  /** A series, with its numbers if they are read. */
  private static final class Slot {
    private final Meter meter;
    private int users = 1;

    Slot(Meter meter) {
      this.meter = meter;
    }
  }

  private final WeakReference<MeterRegistry> registry;
  private final Map<Key, Slot> slots = new HashMap<>();
  private final Map<Key, SharedReading> readings = new HashMap<>();

  private SharedSeries(MeterRegistry registry) {
    this.registry = new WeakReference<>(registry);
  }

  /** Returns the series of a registry. */
  static SharedSeries of(MeterRegistry registry) {
    synchronized (ALL) {
      SharedSeries known = ALL.get(registry);
      if (known == null) {
        known = new SharedSeries(registry);
        ALL.put(registry, known);
      }
      return known;
    }
  }

  /** Returns the meter of a series, with one more user. */
  synchronized Meter use(Key key, Supplier<Meter> maker) {
    Slot known = slots.get(key);
    if (known != null) {
      known.users++;
      return known.meter;
    }
    Meter made = maker.get();
    slots.put(key, new Slot(made));
    return made;
  }

  /** Returns the numbers of a series, to be registered by {@link #use}. */
  synchronized SharedReading reading(Key key, MeterSpec spec) {
    return readings.computeIfAbsent(key, absent -> new SharedReading(spec));
  }

  /** Ends the use of a series; the last user removes it from the registry. */
  synchronized void release(Key key, List<MeterReading> own) {
    SharedReading reading = readings.get(key);
    if (reading != null) {
      reading.end(own);
    }
    Slot slot = slots.get(key);
    if (slot == null || --slot.users > 0) {
      return;
    }
    slots.remove(key);
    readings.remove(key);
    MeterRegistry present = registry.get();
    if (present != null) {
      present.remove(slot.meter);
    }
  }
}

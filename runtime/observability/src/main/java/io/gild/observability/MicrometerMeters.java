package io.gild.observability;

import io.gild.core.GildLog;
import io.gild.core.spi.MeterBackend;
import io.gild.core.spi.MeterReading;
import io.gild.core.spi.MeterRecorder;
import io.gild.core.spi.MeterSpec;
import io.gild.observability.SharedSeries.Key;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToDoubleFunction;

/** Exports meters through Micrometer, within limits, and removes them at the end. Thread-safe. */
final class MicrometerMeters implements MeterBackend, AutoCloseable {

  private static final double NANOS = 1e9;
  private static final double LONGEST_SECONDS = Long.MAX_VALUE / NANOS;

  private final MeterRegistry registry;
  private final SharedSeries shared;
  private final SeriesLimits limits;
  private final Map<Key, MeterRecorder> recorders = new ConcurrentHashMap<>();
  private final Map<Key, LongAdder> billionths = new ConcurrentHashMap<>();
  private final Map<Key, Meter> made = new ConcurrentHashMap<>();

  /** The numbers that these meters export, by series. */
  private final Map<Key, Numbers> numbers = new ConcurrentHashMap<>();

  private record Numbers(MeterSpec spec, SharedReading all, List<MeterReading> own) {}

  MicrometerMeters(MeterRegistry registry, SeriesLimits limits) {
    this.registry = registry;
    this.shared = SharedSeries.of(registry);
    this.limits = limits;
  }

  SeriesLimits limits() {
    return limits;
  }

  /** Returns the series of a timer. */
  Timer timer(MeterSpec spec, List<String> values) {
    return (Timer) made(spec, limits.fold(spec, values), this::newTimer);
  }

  /** Returns the series of a summary. */
  DistributionSummary summary(MeterSpec spec, List<String> values) {
    return (DistributionSummary) made(spec, limits.fold(spec, values), this::newSummary);
  }

  /** Returns the series of a counter. */
  Counter counter(MeterSpec spec, List<String> values) {
    return (Counter) made(spec, limits.fold(spec, values), this::newCounter);
  }

  /** Reads the series of a gauge or counter from an object that lives as long as these meters. */
  <T> void read(MeterSpec spec, List<String> values, T owner, ToDoubleFunction<T> value) {
    add(spec, limits.fold(spec, values), new OwnedReading<>(owner, value));
  }

  private void add(MeterSpec spec, List<String> kept, MeterReading reading) {
    Key key = new Key(spec.name(), kept);
    synchronized (numbers) {
      Numbers known = numbers.get(key);
      if (known == null) {
        known = new Numbers(spec, shared.reading(key, spec), new ArrayList<>(1));
        numbers.put(key, known);
      }
      known.own().add(reading);
      known.all().add(reading);
      SharedReading all = known.all();
      made(spec, kept, (same, tags) -> newReading(same, tags, all));
    }
  }

  private Meter newReading(MeterSpec spec, List<Tag> tags, SharedReading all) {
    return spec.type() == MeterSpec.Type.GAUGE
        ? Gauge.builder(spec.name(), all, SharedReading::value)
            .description(spec.description())
            .baseUnit(unit(spec))
            .tags(tags)
            .register(registry)
        : FunctionCounter.builder(spec.name(), all, SharedReading::value)
            .description(spec.description())
            .baseUnit(unit(spec))
            .tags(tags)
            .register(registry);
  }

  /** Returns what counts billionths, of US dollars for instance, exactly. */
  LongAdder billionths(MeterSpec spec, List<String> values) {
    List<String> kept = limits.fold(spec, values);
    return billionths.computeIfAbsent(
        new Key(spec.name(), kept),
        absent -> {
          LongAdder adder = new LongAdder();
          read(spec, kept, adder, sum -> sum.sum() / NANOS);
          return adder;
        });
  }

  /** Makes a meter. */
  @FunctionalInterface
  private interface Maker {
    Meter make(MeterSpec spec, List<Tag> tags);
  }

  private Meter made(MeterSpec spec, List<String> values, Maker maker) {
    Key key = new Key(spec.name(), values);
    Meter known = made.get(key);
    return known != null
        ? known
        : made.computeIfAbsent(
            key, absent -> shared.use(key, () -> made(spec, maker, tags(spec, values))));
  }

  /** The registry may have a meter of another kind or with other tags, which is the host's. */
  private static Meter made(MeterSpec spec, Maker maker, List<Tag> tags) {
    try {
      return maker.make(spec, tags);
    } catch (IllegalArgumentException clash) {
      GildLog.faultOnce("The meter " + spec.name() + " beside one of the application's", clash);
      return UnseenMeters.like(spec, tags);
    }
  }

  private Meter newTimer(MeterSpec spec, List<Tag> tags) {
    return Timer.builder(spec.name())
        .description(spec.description())
        .tags(tags)
        .serviceLevelObjectives(
            spec.buckets().stream()
                .map(bound -> Duration.ofNanos(Math.round(bound * NANOS)))
                .toArray(Duration[]::new))
        .register(registry);
  }

  private Meter newSummary(MeterSpec spec, List<Tag> tags) {
    return DistributionSummary.builder(spec.name())
        .description(spec.description())
        .baseUnit(unit(spec))
        .tags(tags)
        .serviceLevelObjectives(spec.buckets().stream().mapToDouble(Double::doubleValue).toArray())
        .register(registry);
  }

  private Meter newCounter(MeterSpec spec, List<Tag> tags) {
    return Counter.builder(spec.name())
        .description(spec.description())
        .baseUnit(unit(spec))
        .tags(tags)
        .register(registry);
  }

  @SuppressWarnings("NullAway") // Micrometer takes null for no unit
  private static String unit(MeterSpec spec) {
    return spec.unit().isEmpty() ? null : spec.unit();
  }

  private static List<Tag> tags(MeterSpec spec, List<String> values) {
    List<Tag> tags = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      tags.add(Tag.of(spec.tags().get(i), values.get(i)));
    }
    return tags;
  }

  @Override
  public MeterRecorder recorder(MeterSpec spec, List<String> values) {
    List<String> kept = limits.fold(spec, values);
    return recorders.computeIfAbsent(new Key(spec.name(), kept), absent -> newRecorder(spec, kept));
  }

  private MeterRecorder newRecorder(MeterSpec spec, List<String> kept) {
    return switch (spec.type()) {
      case COUNTER -> counting((Counter) made(spec, kept, this::newCounter));
      case TIMER -> timing((Timer) made(spec, kept, this::newTimer));
      case SUMMARY -> summing((DistributionSummary) made(spec, kept, this::newSummary));
      case GAUGE ->
          throw new IllegalArgumentException(spec.name() + " is a gauge: publish its number");
    };
  }

  private static MeterRecorder counting(Counter counter) {
    return amount -> {
      if (amount > 0 && amount < Double.POSITIVE_INFINITY) {
        counter.increment(amount);
      }
    };
  }

  private static MeterRecorder timing(Timer timer) {
    return seconds -> {
      if (seconds >= 0 && seconds < LONGEST_SECONDS) {
        timer.record(Math.round(seconds * NANOS), TimeUnit.NANOSECONDS);
      }
    };
  }

  private static MeterRecorder summing(DistributionSummary summary) {
    return amount -> {
      if (amount >= 0 && amount < Double.POSITIVE_INFINITY) {
        summary.record(amount);
      }
    };
  }

  @Override
  public void export(MeterSpec spec, List<String> values, MeterReading reading) {
    removeEnded();
    add(spec, limits.fold(spec, values), reading);
  }

  @Override
  public void removeEnded() {
    synchronized (numbers) {
      numbers
          .entrySet()
          .removeIf(entry -> {
            Numbers each = entry.getValue();
            each.all().removeEnded();
            each.own().removeIf(MeterReading::isOver);
            boolean over = each.own().isEmpty() && each.spec().type() == MeterSpec.Type.GAUGE;
            if (over) {
              remove(entry.getKey(), List.of());
            }
            return over;
          });
    }
  }

  private void remove(Key key, List<MeterReading> own) {
    if (made.remove(key) != null) {
      shared.release(key, own);
      limits.forget(key.name(), key.values());
    }
  }

  /** Removes all series from the registry, which may be the application's. */
  @Override
  public void close() {
    synchronized (numbers) {
      for (Key key : made.keySet()) {
        Numbers read = numbers.get(key);
        remove(key, read == null ? List.of() : read.own());
      }
      numbers.clear();
    }
    recorders.clear();
  }
}

package io.gild.observability;

import io.gild.core.GildLog;
import io.gild.core.spi.MeterBackend;
import io.gild.core.spi.MeterReading;
import io.gild.core.spi.MeterRecorder;
import io.gild.core.spi.MeterSpec;
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

  private record Series(String name, List<String> values) {}

  private final MeterRegistry registry;
  private final SeriesLimits limits;
  private final Map<Series, MeterRecorder> recorders = new ConcurrentHashMap<>();
  private final Map<Series, SharedReading> readings = new ConcurrentHashMap<>();
  private final Map<Series, LongAdder> billionths = new ConcurrentHashMap<>();
  private final Map<Series, Meter> made = new ConcurrentHashMap<>();

  MicrometerMeters(MeterRegistry registry, SeriesLimits limits) {
    this.registry = registry;
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
    made(
        spec,
        limits.fold(spec, values),
        (same, tags) ->
            spec.type() == MeterSpec.Type.GAUGE
                ? Gauge.builder(spec.name(), owner, value)
                    .description(spec.description())
                    .baseUnit(unit(spec))
                    .tags(tags)
                    .register(registry)
                : FunctionCounter.builder(spec.name(), owner, value)
                    .description(spec.description())
                    .baseUnit(unit(spec))
                    .tags(tags)
                    .register(registry));
  }

  /** Returns what counts billionths, of US dollars for instance, exactly. */
  LongAdder billionths(MeterSpec spec, List<String> values) {
    List<String> kept = limits.fold(spec, values);
    return billionths.computeIfAbsent(
        new Series(spec.name(), kept),
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
    Series series = new Series(spec.name(), values);
    Meter known = made.get(series);
    return known != null
        ? known
        : made.computeIfAbsent(series, absent -> made(spec, maker, tags(spec, values)));
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
    return recorders.computeIfAbsent(
        new Series(spec.name(), kept), absent -> newRecorder(spec, kept));
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
    List<String> kept = limits.fold(spec, values);
    Series series = new Series(spec.name(), kept);
    synchronized (readings) {
      SharedReading shared = readings.computeIfAbsent(series, absent -> new SharedReading(spec));
      shared.add(reading);
      read(spec, kept, shared, SharedReading::value);
    }
  }

  @Override
  public void removeEnded() {
    synchronized (readings) {
      readings
          .entrySet()
          .removeIf(entry -> {
            boolean over = entry.getValue().removeEnded();
            if (over) {
              remove(entry.getKey());
            }
            return over;
          });
    }
  }

  private void remove(Series series) {
    Meter meter = made.remove(series);
    if (meter != null) {
      registry.remove(meter);
      limits.forget(series.name(), series.values());
    }
  }

  /** Removes all series from the registry, which may be the application's. */
  @Override
  public void close() {
    made.keySet().forEach(this::remove);
    recorders.clear();
    readings.clear();
  }
}

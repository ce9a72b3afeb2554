package io.gild.observability;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.Id;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeCounter;
import io.micrometer.core.instrument.cumulative.CumulativeDistributionSummary;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleCounter;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * A registry whose meters are instruments of OpenTelemetry as well, under the same names: timers
 * and summaries are histograms, in seconds and in their own unit.
 *
 * <p>It supports the kinds of meters that Gild has. OpenTelemetry's SDK does the rest, according to
 * its own variables: temporality, aggregation, interval.
 */
final class ExportedMeters extends SimpleMeterRegistry {

  /** The buckets that the GenAI conventions recommend for tokens: 1 to 67,108,864. */
  private static final List<Double> TOKEN_BUCKETS = growing(1, 4);

  /** The buckets that they recommend for durations in seconds: 0.01 to 81.92. */
  private static final List<Double> DURATION_BUCKETS = growing(0.01, 2);

  /** Timers and summaries of the conventions 1.41; those of 0.1.0 have their buckets anyway. */
  private static final Set<String> CONVENTIONAL =
      Set.of(
          "gen_ai.client.operation.duration",
          "gen_ai.client.operation.time_to_first_chunk",
          "gen_ai.client.token.usage");

  private static final double NANOS_PER_SECOND = 1e9;

  private final Meter meter;

  /** The instruments that are read at export, which are closed at the end. */
  private final Map<Id, AutoCloseable> observed = new HashMap<>();

  /**
   * Creates a registry.
   *
   * @param telemetry exports the meters
   * @param schemaUrl the schema of their names
   */
  ExportedMeters(OpenTelemetry telemetry, String schemaUrl) {
    super(SimpleConfig.DEFAULT, Clock.SYSTEM);
    meter =
        telemetry.getMeterProvider().meterBuilder(Tracers.SCOPE).setSchemaUrl(schemaUrl).build();
    config().onMeterRemoved(removed -> forget(removed.getId()));
  }

  @Override
  protected Timer newTimer(Id id, DistributionStatisticConfig config, PauseDetector pauseDetector) {
    DoubleHistogram exported =
        histogram(id, "s", DURATION_BUCKETS, bounds(config, NANOS_PER_SECOND));
    Attributes attributes = attributes(id);
    return new CumulativeTimer(
        id, clock, DistributionStatisticConfig.DEFAULT, pauseDetector, getBaseTimeUnit(), false) {
      @Override
      protected void recordNonNegative(long amount, TimeUnit unit) {
        super.recordNonNegative(amount, unit);
        exported.record(unit.toNanos(amount) / NANOS_PER_SECOND, attributes);
      }
    };
  }

  @Override
  protected DistributionSummary newDistributionSummary(
      Id id, DistributionStatisticConfig config, double scale) {
    DoubleHistogram exported = histogram(id, unit(id), TOKEN_BUCKETS, bounds(config, 1));
    Attributes attributes = attributes(id);
    return new CumulativeDistributionSummary(
        id, clock, DistributionStatisticConfig.DEFAULT, scale, false) {
      @Override
      protected void recordNonNegative(double amount) {
        super.recordNonNegative(amount);
        exported.record(amount, attributes);
      }
    };
  }

  @Override
  protected Counter newCounter(Id id) {
    DoubleCounter counter =
        meter
            .counterBuilder(id.getName())
            .ofDoubles()
            .setDescription(description(id))
            .setUnit(unit(id))
            .build();
    Attributes attributes = attributes(id);
    return new CumulativeCounter(id) {
      @Override
      public void increment(double amount) {
        super.increment(amount);
        counter.add(amount, attributes);
      }
    };
  }

  @Override
  protected <T> FunctionCounter newFunctionCounter(Id id, T object, ToDoubleFunction<T> function) {
    FunctionCounter counter = super.newFunctionCounter(id, object, function);
    Attributes attributes = attributes(id);
    keep(
        id,
        meter
            .counterBuilder(id.getName())
            .ofDoubles()
            .setDescription(description(id))
            .setUnit(unit(id))
            .buildWithCallback(result -> result.record(counter.count(), attributes)));
    return counter;
  }

  @Override
  protected <T> Gauge newGauge(Id id, @Nullable T object, ToDoubleFunction<T> function) {
    Gauge gauge = super.newGauge(id, object, function);
    Attributes attributes = attributes(id);
    keep(
        id,
        meter
            .gaugeBuilder(id.getName())
            .setDescription(description(id))
            .setUnit(unit(id))
            .buildWithCallback(result -> result.record(gauge.value(), attributes)));
    return gauge;
  }

  private void keep(Id id, AutoCloseable instrument) {
    synchronized (observed) {
      observed.put(id, instrument);
    }
  }

  private void forget(Id id) {
    AutoCloseable instrument;
    synchronized (observed) {
      instrument = observed.remove(id);
    }
    if (instrument != null) {
      end(instrument);
    }
  }

  private static void end(AutoCloseable instrument) {
    try {
      instrument.close();
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Stops all reads. */
  @Override
  public void close() {
    super.close();
    synchronized (observed) {
      observed.values().forEach(ExportedMeters::end);
      observed.clear();
    }
  }

  private DoubleHistogram histogram(
      Id id, String unit, List<Double> conventional, List<Double> configured) {
    return meter
        .histogramBuilder(id.getName())
        .setDescription(description(id))
        .setUnit(unit)
        .setExplicitBucketBoundariesAdvice(
            CONVENTIONAL.contains(id.getName()) ? conventional : configured)
        .build();
  }

  private static List<Double> growing(double first, double factor) {
    return DoubleStream.iterate(first, bound -> bound * factor).limit(14).boxed().toList();
  }

  private static List<Double> bounds(DistributionStatisticConfig config, double divisor) {
    double[] known = config.getServiceLevelObjectiveBoundaries();
    return known == null
        ? List.of()
        : DoubleStream.of(known).map(bound -> bound / divisor).boxed().toList();
  }

  private static String description(Id id) {
    String known = id.getDescription();
    return known == null ? "" : known;
  }

  /** Returns the unit as OpenTelemetry writes it. */
  private static String unit(Id id) {
    String known = id.getBaseUnit();
    if (known == null) {
      return "1";
    }
    return switch (known) {
      case "token" -> "{token}";
      case "tokens_per_second" -> "{token}/s";
      case "requests" -> "{request}";
      case "percent" -> "%";
      default -> "{" + known + "}";
    };
  }

  private static Attributes attributes(Id id) {
    AttributesBuilder attributes = Attributes.builder();
    for (Tag tag : id.getTags()) {
      if (!tag.getValue().isEmpty()) { // as in Prometheus, an empty one is none
        attributes.put(tag.getKey(), tag.getValue());
      }
    }
    return attributes.build();
  }
}

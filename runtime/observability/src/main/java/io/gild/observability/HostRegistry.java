package io.gild.observability;

import io.gild.core.GildLog;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.Id;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeCounter;
import io.micrometer.core.instrument.cumulative.CumulativeDistributionSummary;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A registry whose meters are meters of the application's Micrometer as well, so that the
 * application's own registries have them. It keeps neither the application nor its meters alive.
 */
final class HostRegistry extends SimpleMeterRegistry {

  private final HostMicrometer host;

  /** The application's meters, which its registry keeps alive. */
  private final Map<Id, WeakReference<Object>> mirrored = new ConcurrentHashMap<>();

  HostRegistry(HostMicrometer host) {
    super(SimpleConfig.DEFAULT, Clock.SYSTEM);
    this.host = host;
    config().onMeterRemoved(removed -> remove(mirrored.remove(removed.getId())));
  }

  /** Makes a meter of the application's. */
  @FunctionalInterface
  private interface Maker {
    Object make() throws Throwable;
  }

  /** The application may have a meter of the same name with other tags; it keeps its own. */
  private @Nullable WeakReference<Object> mirror(Id id, Maker maker) {
    try {
      WeakReference<Object> made = new WeakReference<>(maker.make());
      mirrored.put(id, made);
      return made;
    } catch (Throwable clash) {
      GildLog.faultOnce(
          "The meter " + id.getName() + " beside one of the application's Micrometer", clash);
      return null;
    }
  }

  private void remove(@Nullable WeakReference<Object> meter) {
    Object present = meter == null ? null : meter.get();
    if (present != null) {
      host.remove(present);
    }
  }

  @Override
  protected Timer newTimer(Id id, DistributionStatisticConfig config, PauseDetector pauseDetector) {
    double[] bounds = config.getServiceLevelObjectiveBoundaries();
    WeakReference<Object> theirs = mirror(id, () -> host.timer(id, bounds));
    return new CumulativeTimer(
        id, clock, DistributionStatisticConfig.DEFAULT, pauseDetector, getBaseTimeUnit(), false) {
      @Override
      protected void recordNonNegative(long amount, TimeUnit unit) {
        super.recordNonNegative(amount, unit);
        Object timer = theirs == null ? null : theirs.get();
        if (timer != null) {
          host.record(timer, amount, unit);
        }
      }
    };
  }

  @Override
  protected DistributionSummary newDistributionSummary(
      Id id, DistributionStatisticConfig config, double scale) {
    double[] bounds = config.getServiceLevelObjectiveBoundaries();
    WeakReference<Object> theirs = mirror(id, () -> host.summary(id, bounds));
    return new CumulativeDistributionSummary(
        id, clock, DistributionStatisticConfig.DEFAULT, scale, false) {
      @Override
      protected void recordNonNegative(double amount) {
        super.recordNonNegative(amount);
        Object summary = theirs == null ? null : theirs.get();
        if (summary != null) {
          host.record(summary, amount);
        }
      }
    };
  }

  @Override
  protected Counter newCounter(Id id) {
    WeakReference<Object> theirs = mirror(id, () -> host.counter(id));
    return new CumulativeCounter(id) {
      @Override
      public void increment(double amount) {
        super.increment(amount);
        Object counter = theirs == null ? null : theirs.get();
        if (counter != null) {
          host.increment(counter, amount);
        }
      }
    };
  }

  @Override
  protected <T> FunctionCounter newFunctionCounter(Id id, T object, ToDoubleFunction<T> function) {
    FunctionCounter counter = super.newFunctionCounter(id, object, function);
    mirror(id, () -> host.functionCounter(id, counter, FunctionCounter::count));
    return counter;
  }

  @Override
  protected <T> Gauge newGauge(Id id, @Nullable T object, ToDoubleFunction<T> function) {
    Gauge gauge = super.newGauge(id, object, function);
    mirror(id, () -> host.gauge(id, gauge, Gauge::value));
    return gauge;
  }

  /** Removes all meters from the application's registry. */
  @Override
  public void close() {
    mirrored.values().forEach(this::remove);
    mirrored.clear();
    super.close();
  }
}

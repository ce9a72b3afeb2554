package io.gild.testkit;

import io.gild.config.Experimental;
import io.gild.core.Meters;
import io.gild.core.spi.MeterBackend;
import io.gild.core.spi.MeterReading;
import io.gild.core.spi.MeterRecorder;
import io.gild.core.spi.MeterSpec;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.DoubleAdder;

/**
 * Keeps what a runtime meters, for a test without a registry. Thread-safe.
 *
 * <pre>{@code
 * RecordedMeters recorded = RecordedMeters.of(runtime.meters());
 * ...
 * assertThat(recorded.value("gild.bulkhead.limit", "support", "answer", "none")).hasValue(5);
 * }</pre>
 */
@Experimental
public final class RecordedMeters implements MeterBackend {

  private record Series(String name, List<String> values) {}

  private final Map<Series, DoubleAdder> recorded = new ConcurrentHashMap<>();
  private final Map<Series, List<MeterReading>> readings = new ConcurrentHashMap<>();

  private RecordedMeters() {}

  /**
   * Becomes the backend of meters.
   *
   * @param meters the meters of a runtime, which has no other backend
   * @return the backend
   */
  @SuppressWarnings("MustBeClosedChecker") // ends with the runtime
  public static RecordedMeters of(Meters meters) {
    RecordedMeters backend = new RecordedMeters();
    meters.attach(backend);
    return backend;
  }

  /**
   * Returns the sum of what a series recorded, or the sum of the numbers that are published in it.
   *
   * @param name name of the meter
   * @param values values of its tags in order
   * @return the sum; empty if there is no such series
   */
  public OptionalDouble value(String name, String... values) {
    Series series = new Series(name, List.of(values));
    DoubleAdder sum = recorded.get(series);
    List<MeterReading> numbers = readings.getOrDefault(series, List.of());
    if (sum == null && numbers.stream().allMatch(MeterReading::isOver)) {
      return OptionalDouble.empty();
    }
    double published =
        numbers.stream().filter(each -> !each.isOver()).mapToDouble(MeterReading::value).sum();
    return OptionalDouble.of(published + (sum == null ? 0 : sum.sum()));
  }

  @Override
  public MeterRecorder recorder(MeterSpec spec, List<String> values) {
    DoubleAdder sum =
        recorded.computeIfAbsent(
            new Series(spec.name(), List.copyOf(values)), absent -> new DoubleAdder());
    return sum::add;
  }

  @Override
  public void export(MeterSpec spec, List<String> values, MeterReading reading) {
    readings
        .computeIfAbsent(
            new Series(spec.name(), List.copyOf(values)), absent -> new CopyOnWriteArrayList<>())
        .add(reading);
  }

  @Override
  public void removeEnded() {
    readings.values().forEach(all -> all.removeIf(MeterReading::isOver));
  }
}

package io.gild.observability;

import io.gild.core.CallFacts;
import io.gild.core.CostKind;
import io.gild.core.ModelCost;
import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What the outermost calls of one method cost, by model, and how they fail. Thread-safe. */
final class MethodCosts {

  private record Model(String provider, String name) {}

  private record Spent(Map<CostKind, LongAdder> byKind, Counter unpriced) {}

  private static final Model OTHERS = new Model(SeriesLimits.OTHER, SeriesLimits.OTHER);

  private final MicrometerMeters meters;
  private final List<String> values;
  private final Map<Model, Spent> models = new ConcurrentHashMap<>();
  private final Map<String, Counter> failures = new ConcurrentHashMap<>();

  MethodCosts(MicrometerMeters meters, List<String> values) {
    this.meters = meters;
    this.values = values;
  }

  /** Makes the series of failures before the first one. */
  void register() {
    failures(SeriesLimits.OTHER);
  }

  void failed(Throwable failure) {
    failures(ErrorType.of(failure)).increment();
  }

  private Counter failures(String type) {
    Counter known = failures.get(type);
    if (known != null) {
      return known;
    }
    Counter made =
        meters.counter(ObservabilityMeter.ERRORS.spec(), MethodMeters.with(values, type));
    if (failures.size() < SeriesLimits.MOST_ERRORS) {
      failures.put(type, made);
    }
    return made;
  }

  void spent(CallFacts facts) {
    for (ModelCost cost : facts.modelCosts()) {
      Spent spent = spent(new Model(cost.provider(), cost.model()));
      long[] nanoUsd = cost.nanoUsd();
      spent.byKind().forEach((kind, adder) -> adder.add(nanoUsd[kind.ordinal()]));
      if (cost.unpriced() > 0) {
        spent.unpriced().increment((double) cost.unpriced());
      }
    }
  }

  private Spent spent(Model model) {
    Spent known = models.get(model);
    if (known != null) {
      return known;
    }
    boolean room = models.size() < SeriesLimits.MOST_MODELS;
    return models.computeIfAbsent(room ? model : OTHERS, this::newSpent);
  }

  private Spent newSpent(Model model) {
    List<String> named = MethodMeters.with(values, model.provider(), model.name());
    Map<CostKind, LongAdder> byKind = new EnumMap<>(CostKind.class);
    for (CostKind kind : CostKind.values()) {
      byKind.put(
          kind,
          meters.billionths(
              ObservabilityMeter.MODEL_COST.spec(), MethodMeters.with(named, kind.tag())));
    }
    return new Spent(byKind, meters.counter(ObservabilityMeter.UNPRICED.spec(), named));
  }
}

package io.gild.judging;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The stable version's earlier values and a level computed from them, such as their 95th
 * percentile. The level of a block depends on earlier blocks alone, which keeps the tests valid.
 */
final class EarlierValues {

  /** From so many values on, there is a level; a rough one costs power only. */
  private static final long FEWEST = 20;

  private static final double GROWTH = 1.1;

  private final QuantileSketch values = new QuantileSketch();
  private final ToDoubleFunction<QuantileSketch> rule;
  private double level = Double.NaN;
  private double next = FEWEST;

  EarlierValues(ToDoubleFunction<QuantileSketch> rule) {
    this.rule = rule;
  }

  /** Returns the level, or {@code NaN} while there are too few values. */
  double level() {
    if (values.count() >= next) {
      level = rule.applyAsDouble(values);
      next = values.count() * GROWTH;
    }
    return level;
  }

  void add(double[] more) {
    for (double value : more) {
      values.add(value);
    }
  }

  QuantileSketch values() {
    return values;
  }

  Map<String, Object> state() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("values", values.state());
    state.put("level", SavedState.of(level, next));
    return state;
  }

  void restore(Map<?, ?> state) {
    values.restore(SavedState.map(state, "values"));
    double[] saved = SavedState.numbers(state, "level", 2);
    level = saved[0];
    next = saved[1];
  }
}

package io.gild.core;

import io.gild.config.Experimental;
import java.util.EnumMap;
import java.util.Map;

/**
 * The dimensions of a request to a model by which its cost is attributed. Immutable; equal if all
 * values are.
 *
 * @param values texts by dimension; dimensions without a value are absent
 */
@Experimental
public record Attribution(Map<CostDimension, String> values) {

  /** An attribution without any value. */
  public static final Attribution NONE = new Attribution(Map.of());

  /** Copies the values, without the empty ones. */
  public Attribution {
    Map<CostDimension, String> kept = new EnumMap<>(CostDimension.class);
    values.forEach((dimension, value) -> {
      if (!value.isEmpty()) {
        kept.put(dimension, value);
      }
    });
    values = Map.copyOf(kept);
  }

  /**
   * Returns one value.
   *
   * @param dimension what the value is
   * @return the value; empty if it is not known
   */
  public String get(CostDimension dimension) {
    return values.getOrDefault(dimension, "");
  }
}

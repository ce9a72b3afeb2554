package io.gild.core;

import io.gild.config.Experimental;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For whom and for what the money of a request is spent. Immutable; equal if all values are.
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
   * Returns for what a call is made; its model is the routed one or the one of its request, if
   * known.
   *
   * @param call the call
   * @return the attribution
   */
  public static Attribution of(AgentCall call) {
    return of(call, call.requestModel());
  }

  /**
   * Returns for what a request to a model is made.
   *
   * @param call the call that makes the request
   * @param model the model; {@code null} if it is not known
   * @return the attribution
   */
  public static Attribution of(AgentCall call, @Nullable String model) {
    Map<CostDimension, String> values = new EnumMap<>(CostDimension.class);
    MethodScope outermost = call.outermost().method();
    values.put(CostDimension.AGENT, outermost.spec().agent());
    values.put(CostDimension.METHOD, outermost.spec().id());
    values.put(CostDimension.VERSION, outermost.spec().version());
    put(values, CostDimension.PROVIDER, call.provider());
    put(values, CostDimension.MODEL, model);
    put(values, CostDimension.TIER, call.routedTier());
    for (CostDimension dimension : CostDimension.values()) {
      if (dimension.isLabel()) {
        values.put(dimension, call.label(dimension));
      }
    }
    return new Attribution(values);
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

  private static void put(
      Map<CostDimension, String> values, CostDimension dimension, @Nullable String value) {
    if (value != null) {
      values.put(dimension, value);
    }
  }
}

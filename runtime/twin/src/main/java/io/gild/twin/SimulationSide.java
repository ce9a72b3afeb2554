package io.gild.twin;

import io.gild.config.Experimental;
import io.gild.config.Json;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the recorded calls come to with one set of policies.
 *
 * @param calls each call in order
 * @param costUsd what they cost, in US dollars
 * @param costs the part of each model, in US dollars
 * @param unpriced the models without a known price, whose requests cost nothing here
 * @param medianMillis time of half of the calls at most, in milliseconds; {@code null} without
 *     calls
 * @param p95Millis time of 95 percent of the calls at most, in milliseconds; {@code null} without
 *     calls
 * @param counts what the policies did, such as {@code cache-hit}, without what did not happen
 */
@Experimental
public record SimulationSide(
    List<SimulatedCall> calls,
    BigDecimal costUsd,
    Map<String, BigDecimal> costs,
    List<String> unpriced,
    @Nullable Double medianMillis,
    @Nullable Double p95Millis,
    Map<String, Long> counts) {

  /** Copies the collections. */
  public SimulationSide {
    calls = List.copyOf(calls);
    costs = new TreeMap<>(costs);
    unpriced = List.copyOf(unpriced);
    counts = new TreeMap<>(counts);
  }

  /**
   * Returns how many calls end in a way.
   *
   * @param outcome the way
   * @return zero or more
   */
  public long count(SimulatedCall.Outcome outcome) {
    return calls.stream().filter(call -> call.outcome() == outcome).count();
  }

  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    for (SimulatedCall.Outcome outcome : SimulatedCall.Outcome.values()) {
      json.put(outcome.name().toLowerCase(Locale.ROOT), count(outcome));
    }
    json.put("cost-usd", costUsd);
    json.put("costs", costs);
    json.put("unpriced", unpriced);
    json.put("median-millis", medianMillis);
    json.put("p95-millis", p95Millis);
    json.put("counts", counts);
    return json;
  }

  @Override
  public String toString() {
    return Json.write(json());
  }
}

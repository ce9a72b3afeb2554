package io.gild.cost;

import io.gild.config.Experimental;
import java.util.List;

/**
 * Chooses the model tier of a call.
 *
 * @param strategy how the tier is chosen
 * @param tiers names of the tiers to choose from, cheapest first; empty means all configured ones
 */
@Experimental
public record RoutePolicy(Strategy strategy, List<String> tiers) {

  /** The ways to choose a tier. */
  public enum Strategy {
    /** The first tier, always. */
    FIXED,
    /** A tier by the estimated complexity of the prompt. */
    COMPLEXITY,
    /** The cheapest tier first, the next one when an attempt fails. */
    CASCADE
  }

  /** Copies the list. */
  public RoutePolicy {
    tiers = List.copyOf(tiers);
  }
}

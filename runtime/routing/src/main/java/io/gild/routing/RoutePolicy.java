package io.gild.routing;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.util.List;

/**
 * Chooses the model tier of a call.
 *
 * @param strategy how the tier is chosen
 * @param tiers names of the tiers to choose from, cheapest first; empty means all configured ones
 * @param verifier a class that implements {@link java.util.function.BiFunction} of prompt and
 *     answer, with a public constructor, and returns why an answer is rejected, or {@code null};
 *     empty for the checks that Gild has
 * @param minQuality lowest estimated probability of a good answer at which a tier is chosen by the
 *     strategies that learn; above 0, below 1
 */
@Experimental
public record RoutePolicy(
    Strategy strategy, List<String> tiers, String verifier, double minQuality) {

  /** The ways to choose a tier. */
  public enum Strategy {
    /** The first tier, always. */
    FIXED,
    /** A tier by the estimated complexity of the prompt. */
    COMPLEXITY,
    /** The first tier whose answer is likely to be good, by what earlier answers taught. */
    LEARNED,
    /** The cheapest one of the tiers whose answer is likely to be good, by price and tokens. */
    COST,
    /** The fastest one of the tiers whose answer is likely to be good. */
    LATENCY,
    /**
     * The tier at which the cost until a good answer is likely to be lowest; its answer is checked,
     * and the next tier is tried if it is rejected or the attempt fails.
     */
    CASCADE;

    /** Returns whether earlier answers have a part in the choice. */
    boolean learns() {
      return this != FIXED && this != COMPLEXITY;
    }
  }

  /** Checks the values. */
  public RoutePolicy {
    tiers = List.copyOf(tiers);
    verifier = verifier.equals("void") ? "" : verifier; // the annotation's default
    Require.between(0.01, 0.999, minQuality, "min-quality");
  }

  /**
   * Creates a policy with the checks that Gild has.
   *
   * @param strategy how the tier is chosen
   * @param tiers names of the tiers to choose from
   */
  public RoutePolicy(Strategy strategy, List<String> tiers) {
    this(strategy, tiers, "", 0.9);
  }
}

package io.gild.core;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.config.Section;
import java.util.Map;

/**
 * A class of models between which calls are routed.
 *
 * @param model the model that serves the tier; empty means that the tier is not available
 * @param maxComplexity highest estimated complexity of a prompt that the tier takes; from 0 to 1
 */
@Experimental
public record Tier(String model, double maxComplexity) {

  /** The section {@code tiers}: tiers by name, cheapest first. */
  public static final Section<Map<String, Tier>> SECTION = Section.mapOf("tiers", Tier.class);

  /** Checks the values. */
  public Tier {
    Require.between(0, 1, maxComplexity, "max-complexity");
  }

  /**
   * Returns whether the tier is available.
   *
   * @return {@code true} if a model serves it
   */
  public boolean available() {
    return !model.isEmpty();
  }
}

package io.gild.config;

/**
 * A class of models between which calls are routed.
 *
 * @param model the model that serves the tier; empty means that the tier is not available
 * @param maxComplexity highest estimated complexity of a prompt that the tier takes; from 0 to 1
 */
public record Tier(String model, double maxComplexity) {

  /** Checks the values. */
  public Tier {
    Require.between(0, 1, maxComplexity, "max-complexity");
  }

  /**
   * Returns whether calls can be sent to the tier.
   *
   * @return {@code true} if a model serves it
   */
  public boolean available() {
    return !model.isEmpty();
  }
}

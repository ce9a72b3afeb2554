package io.gild.anomalies;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;

/**
 * Watches each method for what is unusual: it only reports, in every mode.
 *
 * @param falseFlagsPerWeek how many flags per agent and week may be false while its calls are
 *     stationary; above zero, at most 100. Fewer false flags make each flag a little later.
 * @param warmUp how many calls are learned from before the first flag; 20 to 500
 * @param adoptAfter after how long a changed level counts as usual; above zero
 */
@Experimental
public record AnomalyPolicy(double falseFlagsPerWeek, int warmUp, Duration adoptAfter) {

  private static final double MOST_FLAGS = 100;
  private static final int LEAST_CALLS = 20;
  private static final int MOST_CALLS = 500;

  /** Checks the values. */
  public AnomalyPolicy {
    if (!(falseFlagsPerWeek > 0 && falseFlagsPerWeek <= MOST_FLAGS)) {
      throw new IllegalArgumentException(
          "false-flags-per-week must be above 0 and at most 100, but is " + falseFlagsPerWeek);
    }
    Require.between(LEAST_CALLS, MOST_CALLS, warmUp, "warm-up");
    Require.positive(adoptAfter, "adopt-after");
  }
}

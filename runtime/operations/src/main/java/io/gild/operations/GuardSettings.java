package io.gild.operations;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What takes the new version back at once, without a comparison.
 *
 * @param window over which time the calls are counted; above zero
 * @param minCalls the fewest calls within it; 1 or more
 * @param errorRate the highest rate of failed calls; {@code null} for any
 * @param latency the longest 95th percentile; {@code null} for any
 * @param cost the highest mean cost of a call in US dollars; {@code null} for any
 */
@Experimental
public record GuardSettings(
    Duration window,
    long minCalls,
    @Nullable Double errorRate,
    @Nullable Duration latency,
    @Nullable Double cost) {

  /** Checks the values. */
  public GuardSettings {
    Require.positive(window, "window");
    Require.atLeast(1, minCalls, "min-calls");
    if (errorRate != null) {
      Require.between(0, 1, errorRate, "error-rate");
    }
  }
}

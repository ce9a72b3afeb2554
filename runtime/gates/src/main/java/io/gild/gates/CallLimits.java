package io.gild.gates;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.time.Duration;

/**
 * The limits for a measurement of many calls, under load or in production.
 *
 * @param calls fewest calls that count as a measurement; at least 1
 * @param errorRate share of them that may fail; from 0 to 1
 * @param p95 time within which 95 % of them must end; above zero
 * @param within how old the measurement may be; above zero
 */
@Experimental
public record CallLimits(long calls, double errorRate, Duration p95, Duration within) {

  /** Checks the values. */
  public CallLimits {
    Require.atLeast(1, calls, "calls");
    Require.between(0, 1, errorRate, "error-rate");
    Require.positive(p95, "p95");
    Require.positive(within, "within");
  }
}

package io.gild.gates;

import io.gild.config.Experimental;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A measurement of many calls of an agent, under load or in production.
 *
 * @param source where the figures come from, for a reader
 * @param agent the agent; empty if the figures are of all agents together
 * @param version version of the application that was called; empty if it is not known
 * @param finished when the last of the calls ended
 * @param calls how many there were, cancelled ones left out
 * @param errors how many of them failed or were refused
 * @param p95 time within which 95 % of them ended, at most; {@code null} if it was not measured
 */
@Experimental
public record CallReport(
    String source,
    String agent,
    String version,
    Instant finished,
    long calls,
    long errors,
    @Nullable Duration p95) {

  /** Checks the values. */
  public CallReport {
    if (calls < 0 || errors < 0 || errors > calls) {
      throw new IllegalArgumentException(
          "errors must be from 0 to calls, but are " + errors + " of " + calls);
    }
    if (p95 != null && p95.isNegative()) {
      throw new IllegalArgumentException("p95 must not be negative, but is " + p95);
    }
  }

  /** Returns the share of calls that failed; 0 if there were none. */
  double errorRate() {
    return calls == 0 ? 0 : (double) errors / calls;
  }
}

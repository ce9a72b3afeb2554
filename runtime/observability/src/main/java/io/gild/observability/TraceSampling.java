package io.gild.observability;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.core.AgentCall;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Which traces are recorded by the SDK that the javaagent includes, and which calls of the others
 * are kept nevertheless, together with the calls around them.
 *
 * @param sample share of the traces that begin here, 0 to 1; traces that begin elsewhere are
 *     recorded if their beginning is
 * @param keepErrors whether failed and refused calls are kept
 * @param keepSlowerThan calls that take so long are kept; {@code null} for none
 * @param keepDearerThan US dollars of calls that are kept; {@code null} for none
 */
@Experimental
public record TraceSampling(
    double sample,
    boolean keepErrors,
    @Nullable Duration keepSlowerThan,
    @Nullable Double keepDearerThan) {

  private static final double NANO_USD = 1e9;

  /** Checks the values. */
  public TraceSampling {
    if (!(sample >= 0 && sample <= 1)) {
      throw new IllegalArgumentException("sample must be 0 to 1, but is " + sample);
    }
    if (keepSlowerThan != null) {
      Require.positive(keepSlowerThan, "keep-slower-than");
    }
    if (keepDearerThan != null && !(keepDearerThan > 0)) {
      throw new IllegalArgumentException(
          "keep-dearer-than must be above 0, but is " + keepDearerThan);
    }
  }

  /** Returns whether a trace that begins now is recorded. */
  boolean samples() {
    return sample > 0 && ThreadLocalRandom.current().nextDouble() < sample;
  }

  /** Returns why a call is kept although its trace is not recorded; null if it is not. */
  @Nullable String reason(AgentCall call) {
    if (keepErrors && call.failure() != null && !call.cancelled()) {
      return "error";
    }
    if (keepSlowerThan != null
        && call.attemptEndNanos() - call.startNanos() >= keepSlowerThan.toNanos()) {
      return "slow";
    }
    if (keepDearerThan != null
        && call.facts().costNanoUsd() >= Math.round(keepDearerThan * NANO_USD)) {
      return "expensive";
    }
    return null;
  }
}

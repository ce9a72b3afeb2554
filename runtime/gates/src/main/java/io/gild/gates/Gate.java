package io.gild.gates;

import io.gild.config.Experimental;
import io.gild.config.Require;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requirements of one gate; in {@code gild.yaml} a bare number is the pass rate alone.
 *
 * @param passRate share of golden tasks of each agent that must pass; from 0 to 1
 * @param decide whether the rates decide, or the bounds that they prove
 * @param confidence confidence of a proof; from 0.5 to 0.9999
 * @param maxUndecided share of runs of golden tasks that may end without a verdict, from 0 to 1
 * @param minTasks golden tasks that each agent must have; 0 requires none
 * @param docs whether each agent must be described, in its annotation or a file
 * @param cost the limit of a golden task's cost; {@code null} (off) for no limit
 * @param loadTest the limits for a load test of this version; {@code null} (off) for no such test
 * @param live the limits for telemetry; {@code null} (off) if it is not checked
 */
@Experimental
public record Gate(
    double passRate,
    Decide decide,
    double confidence,
    double maxUndecided,
    int minTasks,
    boolean docs,
    @Nullable CostLimit cost,
    @Nullable CallLimits loadTest,
    @Nullable CallLimits live) {

  /** The names of the criteria, as findings and overrides write them. */
  public static final List<String> CRITERIA =
      List.of("tests", "docs", "pass-rate", "undecided", "cost", "load-test", "live", "regression");

  /** How a rate is compared. */
  public enum Decide {
    /** By the measured rate, which proves little if there are few runs. */
    RATE,
    /** By the bound at the required confidence. */
    LOWER_BOUND
  }

  /** Checks the values. */
  public Gate {
    Require.between(0, 1, passRate, "pass-rate");
    Require.between(0.5, 0.9999, confidence, "confidence");
    Require.between(0, 1, maxUndecided, "max-undecided");
    Require.between(0, 1_000_000, minTasks, "min-tasks");
  }
}

package io.gild.gates;

import io.gild.config.Require;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a version must show at one gate; in {@code gild.yaml} a bare number stands for the pass rate
 * alone.
 *
 * @param passRate share of golden tasks of each agent that must pass; from 0 to 1
 * @param decide whether rates themselves decide, or what they prove
 * @param confidence how sure a proof must be; from 0.5 to 0.9999
 * @param maxUndecided share of runs of golden tasks that may end without a verdict, from 0 to 1
 * @param minTasks golden tasks that each agent must have; 0 asks for none
 * @param docs whether each agent must be described, in its annotation or a file
 * @param cost what a golden task may cost; {@code null} (off) for any amount
 * @param loadTest what a load test of this version must have shown; {@code null} (off) for no such
 *     test
 * @param live what telemetry must show; {@code null} (off) if it is not looked at
 */
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

  /** The names of what gates ask for, as findings and overrides write them. */
  public static final List<String> CRITERIA =
      List.of("tests", "docs", "pass-rate", "undecided", "cost", "load-test", "live", "regression");

  /** What a rate is compared by. */
  public enum Decide {
    /** By the rate that was seen, which proves little where runs are few. */
    RATE,
    /** By the bound that holds with the asked confidence. */
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

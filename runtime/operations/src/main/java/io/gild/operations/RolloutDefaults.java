package io.gild.operations;

import io.gild.config.Experimental;
import io.gild.config.Require;
import io.gild.config.Section;
import java.time.Duration;
import java.util.List;

/**
 * What a rollout does unless it says otherwise.
 *
 * @param steps shares of the new version in percent, increasing, the last one 100
 * @param stepDuration the least time of a step; above zero
 * @param maxStepDuration after how long a step that nothing decided is {@code on-undecided}; at
 *     least {@code step-duration}
 * @param onUndecided what happens then
 * @param keepWarm how long the rollout is watched after the new version got all calls; zero or more
 * @param interval how often the versions are measured; above zero
 * @param falseRollbackRate the most rollouts of an equal version that may be rolled back, above 0
 *     and below 0.5
 * @param silence after how long without any measurement the new version is taken back; above zero
 * @param drainTimeout how long running calls of the version that gets no new ones are waited for;
 *     zero or more
 * @param criteria what decides
 * @param guard what takes the new version back at once
 * @param noData what happens while there are too few calls
 */
@Experimental
public record RolloutDefaults(
    List<Double> steps,
    Duration stepDuration,
    Duration maxStepDuration,
    Undecided onUndecided,
    Duration keepWarm,
    Duration interval,
    double falseRollbackRate,
    Duration silence,
    Duration drainTimeout,
    CriteriaSettings criteria,
    GuardSettings guard,
    NoDataSettings noData) {

  /** The section {@code rollout-defaults}. */
  public static final Section<RolloutDefaults> SECTION =
      Section.of("rollout-defaults", RolloutDefaults.class)
          .optional(
              CriteriaSettings.class,
              "error-rate",
              "refusal-rate",
              "latency",
              "cost",
              "tokens",
              "golden-score")
          .optional(GuardSettings.class, "error-rate", "latency", "cost");

  private static final double WHOLE = 100;

  /** Checks the values and copies the list. */
  public RolloutDefaults {
    steps = List.copyOf(steps);
    requireSteps(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("steps must have at least one share, but has none");
    }
    Require.positive(stepDuration, "step-duration");
    Require.positive(maxStepDuration, "max-step-duration");
    Require.notNegative(keepWarm, "keep-warm");
    Require.positive(interval, "interval");
    Require.between(0.0001, 0.5, falseRollbackRate, "false-rollback-rate");
    Require.positive(silence, "silence");
    Require.notNegative(drainTimeout, "drain-timeout");
  }

  /** Checks shares; an empty list is right. */
  static void requireSteps(List<Double> steps) {
    double last = 0;
    for (double step : steps) {
      if (!(step > last) || step > WHOLE) {
        throw new IllegalArgumentException(
            "steps must be percentages above 0 that increase up to 100, but are " + steps);
      }
      last = step;
    }
    if (!steps.isEmpty() && last != WHOLE) {
      throw new IllegalArgumentException("steps must end with 100, but end with " + last);
    }
  }
}

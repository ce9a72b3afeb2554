package io.gild.operations;

import io.gild.config.Durations;
import io.gild.judging.CanaryVerdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long the present step has been watched. Only time in which a controller measured counts: a
 * clock that jumps, or a controller that was down, does not make a step longer.
 */
final class StepWatch {

  /** What the time says about a step. */
  enum Advice {
    /** Go on measuring. */
    WAIT,
    /** The step has passed. */
    ADVANCE,
    /** Nothing decided the step in time. */
    UNDECIDED,
    /** There were too few calls in time. */
    NO_DATA
  }

  private final RolloutPlan plan;
  private long elapsed;
  private long withoutData;

  StepWatch(RolloutPlan plan) {
    this.plan = plan;
  }

  void restart() {
    elapsed = 0;
    withoutData = 0;
  }

  Duration elapsed() {
    return Duration.ofNanos(elapsed);
  }

  void add(long nanos, CanaryVerdict verdict) {
    elapsed += nanos;
    withoutData = verdict == CanaryVerdict.NODATA ? withoutData + nanos : 0;
  }

  Advice advice(CanaryVerdict verdict) {
    if (verdict == CanaryVerdict.NODATA) {
      return withoutData >= plan.noData().deadline().toNanos() ? Advice.NO_DATA : Advice.WAIT;
    }
    if (verdict == CanaryVerdict.PASS && elapsed >= plan.stepDuration().toNanos()) {
      return Advice.ADVANCE;
    }
    return elapsed >= plan.maxStepDuration().toNanos() ? Advice.UNDECIDED : Advice.WAIT;
  }

  /** Returns why the step ends. */
  String reason(Advice advice) {
    return switch (advice) {
      case NO_DATA ->
          "too few calls to tell anything for " + Durations.format(plan.noData().deadline());
      case UNDECIDED ->
          "the calls of "
              + Durations.format(Duration.ofSeconds(elapsed().toSeconds()))
              + " prove neither that the new version is as good nor that it is worse";
      default -> "";
    };
  }

  Map<String, @Nullable Object> state() {
    Map<String, @Nullable Object> state = new LinkedHashMap<>();
    state.put("elapsed", elapsed);
    state.put("withoutData", withoutData);
    return state;
  }

  void restore(Map<?, ?> state) {
    elapsed = Math.max(0, RolloutLines.number(state, "elapsed"));
    withoutData = Math.max(0, RolloutLines.number(state, "withoutData"));
  }
}

package io.gild.orchestration;

import io.gild.core.Meters;
import io.gild.core.spi.MeterRecorder;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The meters of the runs of one workflow. Thread-safe. */
final class RunMeters {

  /** Drops everything. */
  static final RunMeters NONE = new RunMeters(null, "");

  private static final double NANOS_PER_SECOND = 1e9;

  private final Map<RunState, MeterRecorder> durations = new EnumMap<>(RunState.class);
  private final MeterRecorder finished;
  private final MeterRecorder failed;

  private RunMeters(@Nullable Meters meters, String workflow) {
    for (RunState state : RunState.values()) {
      durations.put(
          state,
          meters == null || !state.isFinal()
              ? MeterRecorder.NONE
              : meters.recorder(OrchestrationMeter.DURATION.spec(), workflow, word(state)));
    }
    finished = steps(meters, workflow, "finished");
    failed = steps(meters, workflow, "failed");
  }

  private static MeterRecorder steps(@Nullable Meters meters, String workflow, String outcome) {
    return meters == null
        ? MeterRecorder.NONE
        : meters.recorder(OrchestrationMeter.STEPS.spec(), workflow, outcome);
  }

  /** Returns the meters of a workflow. */
  static RunMeters of(@Nullable Meters meters, String workflow) {
    return meters == null ? NONE : new RunMeters(meters, workflow);
  }

  /** Returns the value of the tag {@code state}. */
  static String word(RunState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  void ended(RunState state, Duration time) {
    MeterRecorder recorder = durations.get(state);
    if (recorder != null) {
      recorder.record(Math.max(0, time.toNanos() / NANOS_PER_SECOND));
    }
  }

  void stepFinished() {
    finished.record(1);
  }

  void stepFailed() {
    failed.record(1);
  }
}

package io.gild.orchestration;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run knows of one of its steps; guarded by the run's history. */
final class StepEntry {

  /** A side effect of the step. */
  static final class EffectEntry {
    final String method;
    final String arguments;
    boolean finished;
    boolean failed;
    @Nullable Object value;

    EffectEntry(String method, String arguments) {
      this.method = method;
      this.arguments = arguments;
    }
  }

  final String path;
  final Instant started;
  StepRecord.State state = StepRecord.State.RUNNING;
  @Nullable Instant ended;
  long attempts;
  long nanoUsd;
  long tokens;
  @Nullable String error;

  /** The result; JSON if it was read from a file. */
  @Nullable Object value;

  boolean isJson;

  /** Position among the finished steps. */
  long finishedAs;

  final List<EffectEntry> effects = new ArrayList<>();

  StepEntry(String path, Instant started) {
    this.path = path;
    this.started = started;
  }

  StepRecord toRecord() {
    return new StepRecord(
        path,
        state,
        started,
        ended,
        (int) attempts,
        BigDecimal.valueOf(nanoUsd, 9),
        tokens,
        error,
        effects.stream().filter(effect -> !effect.failed).map(effect -> effect.method).toList());
  }
}

package io.gild.cli;

import io.gild.orchestration.RunRecord;
import io.gild.orchestration.StepRecord;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Runs and steps as text. */
final class RunsText {

  static final List<String> RUN_HEAD =
      List.of("id", "workflow", "state", "started", "took", "steps", "cost");
  static final List<String> STEP_HEAD =
      List.of("step", "state", "took", "attempts", "tokens", "cost", "error");

  private RunsText() {}

  static String state(RunRecord run) {
    return run.state().name().toLowerCase(Locale.ROOT);
  }

  static List<String> row(RunRecord run, Instant now) {
    Instant end = run.ended() == null ? now : run.ended();
    return List.of(
        run.id(),
        run.workflow() + " " + run.version(),
        state(run),
        run.started().truncatedTo(ChronoUnit.SECONDS).toString(),
        took(Duration.between(run.started(), end)),
        String.valueOf(run.steps().size()),
        dollars(run.cost()));
  }

  static List<String> row(StepRecord step, Instant now) {
    return List.of(
        step.path(),
        step.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
        took(step.duration(now)),
        String.valueOf(step.attempts()),
        String.valueOf(step.tokens()),
        dollars(step.cost()),
        step.error() == null ? "" : MemoryText.oneLine(step.error()));
  }

  static String took(Duration time) {
    return String.format(Locale.ROOT, "%.3f s", time.toNanos() / 1e9);
  }

  static String dollars(BigDecimal usd) {
    return "$" + (usd.signum() == 0 ? "0" : usd.stripTrailingZeros().toPlainString());
  }
}

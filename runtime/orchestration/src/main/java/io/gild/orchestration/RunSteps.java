package io.gild.orchestration;

import io.gild.core.spi.Clock;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Records the steps, decisions, choices and side effects of a run. Thread-safe. */
final class RunSteps {

  /** A result that the run has already. */
  record Known(@Nullable Object value) {}

  private final RunHistory history;
  private final RunJournal journal;
  private final RunSignal signal;
  private final Clock clock;
  private final RunMeters meters;
  private final @Nullable ClassLoader loader;

  RunSteps(
      RunHistory history,
      RunJournal journal,
      RunSignal signal,
      RunServices services,
      @Nullable ClassLoader loader) {
    this.history = history;
    this.journal = journal;
    this.signal = signal;
    this.clock = services.clock();
    this.meters = services.meters();
    this.loader = loader;
  }

  /** Returns the decision about a step, or suspends the run until there is one. */
  Decision decision(String path, Supplier<String> question) {
    requireLive();
    Decision known = history.decision(path);
    if (known != null) {
      return known;
    }
    Map<String, @Nullable Object> line = RunLines.line(RunLines.WAITING, clock.now(), path);
    line.put("question", question.get());
    journal.add(line);
    throw new RunSuspended();
  }

  /** Returns the decision about a side effect: approved if it is to be taken as done. */
  Decision doubt(String path, EffectInDoubt doubt) {
    return decision(path, () -> doubt.getMessage() + " Approve if it happened, reject to run it");
  }

  void requireLive() {
    if (signal.isSet()) {
      String reason = history.cancelReason();
      throw new RunCanceled(history.id(), reason == null ? "its orchestrator was closed" : reason);
    }
    if (history.ending() != null) { // it failed before, and is being compensated
      throw new StepFailed("", String.valueOf(history.error()), null);
    }
  }

  /**
   * Returns the result of a step that has ended.
   *
   * @return {@code null} if it has to run
   * @throws StepFailed if it failed
   */
  @Nullable Known known(String path) {
    StepEntry entry = history.find(path);
    if (entry == null) {
      return null;
    }
    return switch (entry.state) {
      case FINISHED, COMPENSATED, NOT_COMPENSATED -> new Known(history.value(entry, loader));
      case FAILED -> throw new StepFailed(path, String.valueOf(entry.error), null);
      case RUNNING, WAITING -> null;
    };
  }

  /** Suspends the run if a step that is one side effect may have run in another JVM. */
  void requireNotBegun(String path, String step) {
    StepEntry entry = history.find(path);
    if (entry == null) {
      return;
    }
    EffectInDoubt doubt = new EffectInDoubt(step, "the JVM was killed while the step ran.");
    if (decision(path + "#step", () -> doubt.getMessage() + " Approve to run it again")
        .approved()) {
      return;
    }
    throw new StepFailed(path, String.valueOf(doubt.getMessage()), doubt);
  }

  void begun(String path) {
    journal.add(RunLines.line(RunLines.STEP, clock.now(), path));
  }

  void finished(String path, @Nullable Object value, StepMeasure measure) {
    synchronized (history) {
      journal.add(measured(RunLines.FINISHED, path, measure), value);
      history.value(path, value);
    }
    meters.stepFinished();
  }

  void failed(String path, StepMeasure measure, String error) {
    Map<String, @Nullable Object> line = measured(RunLines.FAILED, path, measure);
    line.put("error", error);
    journal.add(line);
    meters.stepFailed();
  }

  /** Records a step that was stopped before its end. */
  void interrupted(String path, StepMeasure measure, Exception cause) {
    if (cause instanceof RunSuspended || signal.isClosing()) {
      journal.add(measured(RunLines.SPENT, path, measure));
    } else {
      failed(path, measure, "canceled");
    }
  }

  private Map<String, @Nullable Object> measured(String type, String path, StepMeasure measure) {
    Map<String, @Nullable Object> line = RunLines.line(type, clock.now(), path);
    line.put("attempts", measure.attempts());
    line.put("nanoUsd", measure.nanoUsd());
    line.put("tokens", measure.tokens());
    return line;
  }

  /** Returns a choice that is made once in a run. */
  String choose(String path, Supplier<String> choice) {
    Object known = history.choice(path);
    if (known != null) {
      return String.valueOf(known);
    }
    String chosen = choice.get();
    record(path, chosen);
    return chosen;
  }

  @Nullable Set<String> chosen(String path) {
    if (!(history.choice(path) instanceof List<?> names)) {
      return null;
    }
    Set<String> chosen = new LinkedHashSet<>();
    names.forEach(name -> chosen.add(String.valueOf(name)));
    return chosen;
  }

  void chose(String path, List<String> names) {
    record(path, names);
  }

  private void record(String path, Object choice) {
    Map<String, @Nullable Object> line = RunLines.line(RunLines.VALUE, clock.now(), path);
    line.put("value", choice);
    journal.add(line);
  }

  List<StepEntry.EffectEntry> effects(String path) {
    synchronized (history) {
      StepEntry entry = history.find(path);
      return entry == null ? List.of() : List.copyOf(entry.effects);
    }
  }

  @Nullable Object read(@Nullable Object value) {
    return journal.read(value, loader);
  }

  /** Records that an effect begins; returns its number within the step. */
  int effect(String path, String name, String arguments) {
    synchronized (history) {
      Map<String, @Nullable Object> line = RunLines.line(RunLines.EFFECT, clock.now(), path);
      line.put("method", name);
      line.put("arguments", arguments);
      journal.add(line);
      return effects(path).size() - 1;
    }
  }

  void effected(String path, int index, @Nullable Object value) {
    Map<String, @Nullable Object> line = RunLines.line(RunLines.EFFECTED, clock.now(), path);
    line.put("effect", index);
    journal.add(line, value);
  }

  void effectFailed(String path, int index) {
    Map<String, @Nullable Object> line = RunLines.line(RunLines.EFFECT_FAILED, clock.now(), path);
    line.put("effect", index);
    journal.add(line);
  }
}

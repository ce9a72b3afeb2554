package io.gild.operations;

import io.gild.core.spi.Clock;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps what was measured every few seconds, for a controller after this one. */
final class SavedProgress {

  private static final long SAVE_EVERY = TimeUnit.SECONDS.toNanos(5);

  private final RolloutFolder folder;
  private final String name;
  private final RolloutHistory history;
  private final StepWatch step;
  private final Measurements measurements;
  private final Clock clock;
  private long lastSave;

  SavedProgress(
      RolloutFolder folder,
      String name,
      RolloutHistory history,
      StepWatch step,
      Measurements measurements,
      Clock clock) {
    this.folder = folder;
    this.name = name;
    this.history = history;
    this.step = step;
    this.measurements = measurements;
    this.clock = clock;
    this.lastSave = clock.nanoTime();
  }

  /** Goes on with what another controller has measured in this run. */
  void restore() {
    Map<?, ?> saved = folder.progress(name);
    if (RolloutLines.number(saved, "run") == history.run()) {
      measurements.restore(map(saved, "judge"));
      if (RolloutLines.number(saved, "decision") == history.last().number()) {
        step.restore(map(saved, "step"));
      }
    }
  }

  private static Map<?, ?> map(Map<?, ?> from, String key) {
    return from.get(key) instanceof Map<?, ?> map ? map : Map.of();
  }

  void saveSometimes() throws IOException {
    long now = clock.nanoTime();
    if (now - lastSave >= SAVE_EVERY) {
      lastSave = now;
      save();
    }
  }

  void save() throws IOException {
    if (history.isEmpty()) {
      return;
    }
    Map<String, @Nullable Object> progress = new LinkedHashMap<>();
    progress.put("run", history.run());
    progress.put("decision", history.last().number());
    progress.put("step", step.state());
    progress.put("judge", measurements.state());
    folder.saveProgress(name, progress);
  }
}

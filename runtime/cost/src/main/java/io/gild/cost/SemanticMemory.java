package io.gild.cost;

import io.gild.core.AtExit;
import io.gild.core.GildLog;
import io.gild.core.RuntimeScope;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Saves what the semantic caches of a runtime learned in the folder {@code semantic} of the data
 * directory: every minute, and at the end. If several JVMs use one directory, the last one that
 * writes wins. Thread-safe.
 */
final class SemanticMemory implements AutoCloseable {

  private static final String FOLDER = "semantic";
  private static final long SAVE_SECONDS = 60;

  private final RuntimeScope runtime;
  private final EvidenceFiles files;
  private final AtExit atExit;

  /** Held weakly, so that a method that is no longer governed takes its answers along. */
  private final List<WeakReference<SemanticAnswers>> members = new CopyOnWriteArrayList<>();

  private @Nullable ScheduledFuture<?> saving;

  private SemanticMemory(RuntimeScope runtime) {
    this.runtime = runtime;
    this.files = new EvidenceFiles(runtime.settings().data().resolve(FOLDER));
    this.atExit = AtExit.run("gild-semantic-end", this::save);
  }

  static SemanticMemory of(RuntimeScope runtime) {
    return runtime.shared(SemanticMemory.class, SemanticMemory::new);
  }

  EvidenceFiles files() {
    return files;
  }

  synchronized void add(SemanticAnswers member) {
    save(); // a method whose settings have changed goes on with what it knew
    members.removeIf(each -> each.get() == null);
    members.add(new WeakReference<>(member));
    if (saving == null) {
      try {
        saving =
            runtime
                .scheduler()
                .scheduleWithFixedDelay(this::save, SAVE_SECONDS, SAVE_SECONDS, TimeUnit.SECONDS);
      } catch (RejectedExecutionException closed) {
        // The runtime is closed: there is nothing more to be saved.
      }
    }
  }

  synchronized void save() {
    boolean saved = false;
    for (WeakReference<SemanticAnswers> each : members) {
      SemanticAnswers member = each.get();
      try {
        saved |= member != null && member.save();
      } catch (IOException | RuntimeException e) {
        GildLog.faultOnce("Saving what semantic caches have learned", e);
      }
    }
    if (saved) {
      files.prune();
    }
  }

  @Override
  public void close() {
    atExit.close();
    synchronized (this) {
      if (saving != null) {
        saving.cancel(false);
      }
    }
    save();
  }
}

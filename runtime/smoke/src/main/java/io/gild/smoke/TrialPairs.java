package io.gild.smoke;

import io.gild.golden.GoldenSpec;
import io.gild.judging.TrafficInterval;
import io.gild.operations.GoldenSettings;
import io.gild.operations.RolloutException;
import io.gild.operations.spi.TelemetrySource;
import io.gild.operations.spi.TrialsSource;
import io.gild.versions.VersionSide;
import io.gild.versions.VersionTrials;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks two versions in this JVM golden tasks, from the first reading on. */
final class TrialPairs implements TelemetrySource {

  /** Twice the pairs at once. */
  private static final int MOST_THREADS = 8;

  private final String rollout;
  private final List<GoldenSpec> tasks;
  private final GoldenSettings settings;
  private final TrialsSource trials;
  private final ExecutorService threads;
  private @Nullable GoldenPairs pairs;

  TrialPairs(String rollout, List<GoldenSpec> tasks, GoldenSettings settings, TrialsSource trials) {
    this.rollout = rollout;
    this.tasks = tasks;
    this.settings = settings;
    this.trials = trials;
    this.threads =
        new ThreadPoolExecutor(
            0, MOST_THREADS, 1, TimeUnit.MINUTES, new SynchronousQueue<>(), GoldenPairs::thread);
  }

  @Override
  public TrafficInterval read() throws RolloutException {
    GoldenPairs known = pairs;
    if (known == null) {
      VersionTrials asked = trials.trials();
      known =
          new GoldenPairs(
              tasks,
              asker(asked, VersionSide.STABLE),
              asker(asked, VersionSide.CANARY),
              new AnswerScorer(),
              settings,
              rollout.hashCode());
      pairs = known;
    }
    return known.read();
  }

  private TrialAsker asker(VersionTrials asked, VersionSide side) {
    return new TrialAsker(rollout, asked, side, new AnswerField(settings.answer()), threads);
  }

  @Override
  public void close() {
    GoldenPairs known = pairs;
    if (known != null) {
      known.close();
    }
    threads.shutdownNow();
  }
}

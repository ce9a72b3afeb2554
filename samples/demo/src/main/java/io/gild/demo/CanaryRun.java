package io.gild.demo;

import io.gild.operations.RolloutRecord;
import io.gild.operations.Rollouts;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Rolls out one new version. */
final class CanaryRun {

  private static final String SERVER = "canary";
  private static final long MOST_SECONDS = 120;
  private static final long POLL_MILLIS = 20;

  /** After so many answers, the crashing version is killed. */
  private static final int KILLED_AFTER = 60;

  private final RolloutStage stage;
  private final CanaryCase which;
  private final Consumer<String> lines;

  /**
   * Prepares a run.
   *
   * @param lines takes what the controller prints
   */
  CanaryRun(RolloutStage stage, CanaryCase which, Consumer<String> lines) {
    this.stage = stage;
    this.which = which;
    this.lines = lines;
  }

  CanaryOutcome run() throws IOException, InterruptedException {
    Instant begin = Instant.now();
    Instant killed = null;
    try (SupportVersion canary = stage.canary(which);
        GildProcess controller =
            GildProcess.rollout(stage.settings(), stage.data(), which.title(), lines)) {
      if (which == CanaryCase.CRASHING) {
        killed = kill(canary, controller, begin);
      }
      if (!controller.awaitEnd(MOST_SECONDS)) {
        throw new IOException("The rollout " + which.title() + " did not end in time.");
      }
      stage.giveAllToStable();
    }
    RolloutRecord record = new Rollouts(stage.data().resolve("rollouts")).find(which.title());
    if (record == null) {
      throw new IOException("The rollout " + which.title() + " did not start; see above.");
    }
    Instant fault = killed == null ? firstRequest(begin) : killed;
    return new CanaryOutcome(which, record, fault, stage.load().since(begin));
  }

  private Instant kill(SupportVersion canary, GildProcess controller, Instant begin)
      throws InterruptedException {
    while (controller.isAlive() && answered(begin) < KILLED_AFTER) {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    Instant now = Instant.now();
    canary.kill();
    return now;
  }

  private long answered(Instant begin) {
    return stage.load().since(begin).stream().filter(each -> each.server().equals(SERVER)).count();
  }

  private Instant firstRequest(Instant begin) {
    return stage.load().since(begin).stream()
        .filter(each -> each.server().equals(SERVER))
        .map(SteadyLoad.Outcome::sent)
        .min(Instant::compareTo)
        .orElse(begin);
  }
}

package io.gild.operations;

import io.gild.config.Experimental;
import io.gild.config.OwnedFile;
import io.gild.core.GildLog;
import io.gild.core.spi.Clock;
import io.gild.judging.Assessment;
import io.gild.judging.CanaryVerdict;
import io.gild.operations.spi.Share;
import io.gild.operations.spi.TrafficEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs one rollout: measures both versions, decides, sets shares, and writes down what it does.
 *
 * <p>Each decision is in the journal before it is carried out. A controller that starts after
 * another one was killed carries out the last decision again and goes on; a second one beside it is
 * refused. One thread at a time calls {@link #tick}.
 */
@Experimental
public final class RolloutController implements AutoCloseable {

  private static final long LONGEST_TICK = TimeUnit.SECONDS.toNanos(15);

  private final RolloutPlan plan;
  private final TrafficEngine engine;
  private final RolloutFolder folder;
  private final Measurements measurements;
  private final Preparation preparation;
  private final Clock clock;
  private final OwnedFile lock;
  private final RolloutHistory history;
  private final RolloutLog log;
  private final Object notifier;
  private final StepWatch step;
  private final ShareKeeper shares;
  private final SavedProgress progress;
  private long lastTick;
  private long drained;
  private volatile @Nullable Assessment lastAssessment;

  RolloutController(RolloutParts parts, OwnedFile lock) {
    this.plan = parts.plan();
    this.engine = parts.engine();
    this.folder = parts.folder();
    this.clock = parts.clock();
    this.lock = lock;
    this.history = folder.read(plan.name());
    this.log = new RolloutLog(plan, folder, history, parts.audit(), clock, parts.notifier());
    this.notifier = parts.notifier();
    this.measurements =
        new Measurements(
            parts.sources(), new RolloutJudge(plan), plan.defaults().silence().toNanos());
    this.preparation =
        new Preparation(
            plan, history, log, parts.smoke(), folder.path().resolve(plan.name() + ".output.log"));
    this.step = new StepWatch(plan);
    this.shares = new ShareKeeper(plan, engine, history, log, parts.audit(), clock);
    this.progress = new SavedProgress(folder, plan.name(), history, step, measurements, clock);
    this.lastTick = clock.nanoTime();
  }

  /**
   * Takes control of a rollout.
   *
   * @param parts what it needs
   * @return the controller; it has done nothing yet but read the journal
   * @throws RolloutException if another controller has it, with that one's name
   */
  public static RolloutController open(RolloutParts parts) throws RolloutException {
    OwnedFile lock = parts.folder().lock(parts.plan().name());
    try {
      RolloutController controller = new RolloutController(parts, lock);
      controller.recover();
      return controller;
    } catch (IOException | RuntimeException failure) {
      try {
        lock.close();
      } catch (IOException second) {
        failure.addSuppressed(second);
      }
      throw new RolloutException(
          "the rollout " + parts.plan().name() + " cannot be continued: " + failure.getMessage(),
          failure);
    }
  }

  /** Goes on where a controller before this one ended. */
  private void recover() throws IOException {
    if (history.isEmpty() || history.state().isFinal()) {
      return;
    }
    if (!history.fingerprint().equals(plan.fingerprint())) {
      decide(
          RolloutState.ROLLING_BACK,
          0,
          RolloutLog.GILD,
          "its settings or files changed while it was under way");
      return;
    }
    progress.restore();
  }

  /**
   * Starts the rollout.
   *
   * @param who the person who starts it
   * @throws RolloutException if it runs already, a version does not exist, or shares cannot be set
   */
  public void start(String who) throws RolloutException {
    if (!history.isEmpty() && !history.state().isFinal()) {
      throw new RolloutException(
          "the rollout " + plan.name() + " runs already; it is " + history.state());
    }
    engine.check();
    try {
      RolloutState first = preparation.isNeeded() ? RolloutState.STARTING : RolloutState.RUNNING;
      log.start(first, who, "started by " + who);
      step.restart();
      measurements.restart();
    } catch (IOException | UncheckedIOException e) {
      throw new RolloutException("the rollout " + plan.name() + " cannot be written down", e);
    }
  }

  /**
   * Returns what happened so far.
   *
   * @return the record, or {@code null} if the rollout never started
   */
  public @Nullable RolloutRecord record() {
    return history.isEmpty() ? null : history.toRecord();
  }

  /**
   * Returns what the calls say now.
   *
   * @return the verdicts
   */
  public Assessment assessment() {
    return measurements.assess();
  }

  /** Returns what the calls said at the last tick, on any thread. */
  @Nullable Assessment lastAssessment() {
    return lastAssessment;
  }

  /**
   * Asks something of the rollout, as a request of another process does, at the next tick.
   *
   * @param request what
   * @param who the person who asks
   * @param reason why; may be empty
   * @throws RolloutException if it cannot be asked of a rollout in this state
   */
  public void ask(Rollouts.Request request, String who, String reason) throws RolloutException {
    new Rollouts(folder.path()).request(plan.name(), request, who, reason);
  }

  /**
   * Returns what cannot be measured at the moment.
   *
   * @return the problem, or an empty text
   */
  public String measuringProblem() {
    return measurements.problem();
  }

  /**
   * Does what is due: carries out the last decision, takes requests, measures, and decides.
   *
   * @return whether the rollout is over
   */
  public boolean tick() {
    long now = clock.nanoTime();
    long passed = Math.min(Math.max(0, now - lastTick), LONGEST_TICK);
    lastTick = now;
    try {
      takeRequests();
      if (history.isEmpty()) {
        return false;
      }
      if (!history.state().isFinal() || history.isPending()) {
        advance(passed);
      }
      progress.saveSometimes();
    } catch (IOException | UncheckedIOException failure) {
      GildLog.faultOnce("Writing down the rollout " + plan.name(), failure);
    }
    return history.state().isFinal() && !history.isPending();
  }

  private void advance(long passed) throws IOException {
    if (history.isPending() && !carryOut(passed)) {
      return;
    }
    switch (history.state()) {
      case STARTING -> prepare(passed);
      case RUNNING, PAUSED -> judge(passed);
      case SETTLING -> settle(passed);
      case ROLLING_BACK -> endRollback(passed);
      case PROMOTED, ROLLED_BACK -> {}
    }
  }

  private boolean carryOut(long passed) throws IOException {
    boolean done = shares.carryOut(passed);
    takeBackIfLost();
    return done;
  }

  private void checkShare(long passed) throws IOException {
    shares.check(passed);
    takeBackIfLost();
  }

  /** Takes the new version back if shares cannot be set for a while; that is tried for ever. */
  private void takeBackIfLost() throws IOException {
    String lost = shares.lost();
    if (!lost.isEmpty() && history.state() != RolloutState.ROLLING_BACK) {
      rollBack(RolloutLog.GILD, lost);
    }
  }

  private void prepare(long passed) throws IOException {
    Preparation.Outcome outcome = preparation.go(passed);
    if (outcome.failed()) {
      rollBack(RolloutLog.GILD, outcome.reason());
    } else if (outcome.ready()) {
      if (plan.settings().strategy() == Strategy.BLUE_GREEN) {
        decide(RolloutState.SETTLING, Share.ALL, RolloutLog.GILD, outcome.reason());
      } else {
        decide(RolloutState.RUNNING, plan.shares().get(0), RolloutLog.GILD, outcome.reason());
      }
      step.restart();
    }
  }

  private void judge(long passed) throws IOException {
    boolean shadow = plan.settings().strategy() == Strategy.SHADOW;
    if (history.share() == 0 && history.state() == RolloutState.RUNNING && !shadow) {
      decide(RolloutState.RUNNING, plan.shares().get(0), RolloutLog.GILD, "the first step");
      return;
    }
    String guarded = measurements.measure(passed, false);
    if (!guarded.isEmpty()) {
      rollBack(RolloutLog.GILD, guarded);
      return;
    }
    Assessment assessment = measurements.assess();
    lastAssessment = assessment;
    CanaryVerdict verdict = assessment.verdict();
    if (verdict == CanaryVerdict.FAIL) {
      rollBack(RolloutLog.GILD, RolloutJudge.reason(assessment));
      return;
    }
    step.add(passed, verdict);
    checkShare(passed);
    if (history.state() == RolloutState.RUNNING) {
      follow(step.advice(verdict), assessment);
    }
  }

  private void follow(StepWatch.Advice advice, Assessment assessment) throws IOException {
    switch (advice) {
      case WAIT -> {}
      case ADVANCE -> passed(assessment);
      case UNDECIDED -> undecided(plan.onUndecided(), step.reason(advice));
      case NO_DATA -> undecided(plan.noData().then(), step.reason(advice));
    }
  }

  /** A shadow that passed waits for a person: until then, it has answered no caller. */
  private void passed(Assessment assessment) throws IOException {
    if (history.share() == 0) {
      decide(
          RolloutState.PAUSED,
          0,
          RolloutLog.GILD,
          "in the shadow, " + RolloutJudge.reason(assessment));
    } else {
      next(RolloutLog.GILD, RolloutJudge.reason(assessment));
    }
  }

  private void undecided(Undecided then, String reason) throws IOException {
    boolean last = nextShare() == Share.ALL;
    Undecided now = then;
    if (then == Undecided.ADVANCE_BUT_LAST) {
      now = last ? Undecided.PAUSE : Undecided.ADVANCE;
    }
    switch (now) {
      case PAUSE -> decide(RolloutState.PAUSED, history.share(), RolloutLog.GILD, reason);
      case ROLLBACK -> rollBack(RolloutLog.GILD, reason);
      default -> next(RolloutLog.GILD, reason);
    }
  }

  /** Goes to the next share. */
  private void next(String who, String reason) throws IOException {
    int share = nextShare();
    decide(share == Share.ALL ? RolloutState.SETTLING : RolloutState.RUNNING, share, who, reason);
    step.restart();
  }

  private int nextShare() {
    return plan.shares().stream()
        .filter(each -> each > history.share())
        .findFirst()
        .orElse(Share.ALL);
  }

  private void settle(long passed) throws IOException {
    String guarded = measurements.measure(passed, true);
    if (!guarded.isEmpty()) {
      rollBack(RolloutLog.GILD, guarded);
      return;
    }
    step.add(passed, CanaryVerdict.PASS);
    checkShare(passed);
    if (step.elapsed().compareTo(plan.keepWarm()) >= 0) {
      decide(
          RolloutState.PROMOTED,
          Share.ALL,
          RolloutLog.GILD,
          "the new version answered all calls for " + step.elapsed().toSeconds() + " s");
    }
  }

  /** Waits for the new version's running calls before its process is stopped. */
  private void endRollback(long passed) throws IOException {
    drained += passed;
    if (drained < plan.defaults().drainTimeout().toNanos() && shares.isCanaryBusy()) {
      return;
    }
    preparation.stop();
    decide(RolloutState.ROLLED_BACK, 0, history.last().who(), history.last().reason());
  }

  private void rollBack(String who, String reason) throws IOException {
    drained = 0;
    try {
      decide(RolloutState.ROLLING_BACK, 0, who, reason);
    } catch (IOException full) {
      shares.takeBackUnwritten();
      throw full;
    }
    carryOut(0);
  }

  private void decide(RolloutState state, int share, String who, String reason) throws IOException {
    log.decide(state, share, who, reason, verdicts());
  }

  /** Returns what the calls say; nothing if none were measured. */
  private List<Map<String, @Nullable Object>> verdicts() {
    Assessment assessment = measurements.assess();
    boolean measured =
        assessment.criteria().stream()
            .anyMatch(each -> each.stableCount() + each.canaryCount() > 0);
    return measured ? VerdictFields.of(assessment) : List.of();
  }

  private void takeRequests() throws IOException {
    for (RolloutFolder.Request request : folder.requests(plan.name(), history.requestsTaken())) {
      log.taken(request.number());
      take(request.line());
    }
  }

  private void take(Map<?, ?> line) throws IOException {
    Rollouts.Request request;
    try {
      request = Rollouts.Request.valueOf(RolloutLines.text(line, "request"));
    } catch (IllegalArgumentException cutOff) {
      return;
    }
    String who = RolloutLines.text(line, "who");
    String why = RolloutLines.text(line, "reason");
    String reason = why.isEmpty() ? "asked by " + who : why;
    if (!Rollouts.wrong(history, request).isEmpty()) {
      return; // decided otherwise meanwhile
    }
    switch (request) {
      case START -> restart(who);
      case PROMOTE -> next(who, reason);
      case PROMOTE_FULLY -> {
        decide(RolloutState.SETTLING, Share.ALL, who, reason);
        step.restart();
      }
      case PAUSE -> decide(RolloutState.PAUSED, history.share(), who, reason);
      case ROLL_BACK -> rollBack(who, reason);
    }
  }

  private void restart(String who) throws IOException {
    try {
      start(who);
    } catch (RolloutException refused) {
      GildLog.info("Rollout " + plan.name() + " does not start: " + refused.getMessage());
      log.problem(String.valueOf(refused.getMessage()));
    }
  }

  /** Gives the control up; the shares stay as they are. */
  @Override
  public void close() {
    try {
      progress.save();
      measurements.close();
      log.close();
    } catch (IOException failure) {
      GildLog.faultOnce("Closing the rollout " + plan.name(), failure);
    } finally {
      closeLock();
    }
  }

  private void closeLock() {
    try {
      engine.close();
      if (notifier instanceof AutoCloseable open) {
        open.close();
      }
    } catch (Exception failure) {
      GildLog.faultOnce("Closing " + engine.name(), failure);
    }
    try {
      lock.close();
    } catch (IOException failure) {
      GildLog.faultOnce("Closing the lock of the rollout " + plan.name(), failure);
    }
  }
}

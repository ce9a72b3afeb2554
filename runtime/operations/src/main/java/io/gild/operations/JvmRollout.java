package io.gild.operations;

import io.gild.config.Settings;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.gates.AuditLog;
import io.gild.judging.Assessment;
import io.gild.operations.spi.Share;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rollout of this JVM. One of several JVMs with the same data folder controls it; the others
 * follow the shares that it decides.
 */
final class JvmRollout implements AutoCloseable {

  private final RolloutPlan plan;
  private final Settings settings;
  private final GildRuntime runtime;
  private final RolloutFolder folder;
  private final JvmTraffic traffic;
  private final RolloutMeters meters;
  private @Nullable RolloutController controller;
  private boolean introduced;
  private int followed = -1;

  JvmRollout(RolloutPlan plan, Settings settings, GildRuntime runtime) {
    this.plan = plan;
    this.settings = settings;
    this.runtime = runtime;
    this.folder = new RolloutFolder(Rollouts.folder(settings));
    this.traffic = new JvmTraffic(plan, settings, runtime);
    this.meters = new RolloutMeters(plan, runtime.meters());
  }

  RolloutPlan plan() {
    return plan;
  }

  /** Does what is due. */
  void tick() {
    try {
      RolloutController known = controller;
      if (known == null) {
        known = takeControl();
      }
      if (known == null) {
        follow();
      } else {
        boolean over = known.tick();
        update(known);
        if (over) {
          traffic.golden().end();
        }
      }
    } catch (RolloutException problem) {
      GildLog.infoOnce("Rollout " + plan.name() + ": " + problem.getMessage());
    } catch (RuntimeException | LinkageError fault) { // the other rollouts go on
      GildLog.faultOnce("Rollout " + plan.name(), fault);
    }
  }

  private void update(RolloutController known) {
    RolloutRecord record = known.record();
    if (record != null) {
      Assessment assessment = known.lastAssessment();
      meters.update(
          record.share(), record.state(), assessment == null ? null : assessment.verdict());
    }
  }

  @Nullable Assessment assessment() {
    RolloutController known = controller;
    return known == null ? null : known.lastAssessment();
  }

  /** Takes control unless another JVM has it; {@code null} then. */
  private @Nullable RolloutController takeControl() throws RolloutException {
    if (folder.owner(plan.name()) != null) {
      return null;
    }
    RolloutController opened =
        RolloutController.open(
            new RolloutParts(
                plan,
                traffic,
                List.of(new JvmTelemetry(plan, runtime, traffic), traffic.golden()),
                folder.path(),
                AuditLog.in(settings.data()),
                RolloutSetup.notifier(settings, plan),
                address -> "",
                runtime.clock()));
    controller = opened;
    boolean promoted = isPromoted();
    if (promoted) {
      traffic.set(Share.ALL);
    }
    introduce(opened.record(), promoted);
    return opened;
  }

  private void introduce(@Nullable RolloutRecord record, boolean promoted) {
    if (introduced) {
      return;
    }
    introduced = true;
    if (record == null || record.state().isFinal()) {
      GildLog.info(
          promoted
              ? "Rollout %s: version %s of %s answers all calls since its promotion."
                  .formatted(
                      plan.name(), plan.settings().canary().version(), plan.settings().agent())
              : "Rollout %s of %s is ready. Start it with: gild rollout start %s"
                  .formatted(plan.name(), plan.settings().agent(), plan.name()));
    } else {
      GildLog.info(
          "Rollout %s of %s goes on; it is %s."
              .formatted(plan.name(), plan.settings().agent(), record.state()));
    }
  }

  private boolean isPromoted() {
    RolloutHistory history = folder.read(plan.name());
    return !history.isEmpty()
        && history.state() == RolloutState.PROMOTED
        && history.fingerprint().equals(plan.fingerprint());
  }

  private void follow() throws RolloutException {
    RolloutHistory history = folder.read(plan.name());
    int share =
        history.isEmpty() || !history.fingerprint().equals(plan.fingerprint())
            ? 0
            : history.share();
    if (!history.isEmpty()) {
      meters.update(share, history.state(), null);
    }
    if (share != followed) {
      traffic.set(share);
      followed = share;
    }
  }

  /** Ends it in this JVM: the present version answers all calls that begin from now on. */
  @Override
  public void close() {
    meters.close();
    RolloutController known = controller;
    if (known == null) {
      traffic.close();
    } else {
      controller = null;
      known.close();
    }
  }
}

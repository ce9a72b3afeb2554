package io.gild.operations;

import io.gild.core.GildLog;
import io.gild.core.Meters;
import io.gild.core.spi.MeterRecorder;
import io.gild.judging.CanaryVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The meters of one rollout, as the JVM that controls or follows it sees it. Thread-safe. */
final class RolloutMeters implements AutoCloseable {

  private final List<AutoCloseable> published = new ArrayList<>();
  private final MeterRecorder rollbacks;
  private volatile int share;
  private volatile @Nullable RolloutState state;
  private volatile @Nullable CanaryVerdict verdict;

  RolloutMeters(RolloutPlan plan, Meters meters) {
    String agent = Objects.requireNonNullElse(plan.settings().agent(), "");
    String name = plan.name();
    rollbacks = meters.recorder(OperationsMeter.ROLLBACKS.spec(), name, agent);
    published.add(
        meters.publish(OperationsMeter.SHARE.spec(), this, owner -> owner.share, name, agent));
    for (RolloutState each : RolloutState.values()) {
      published.add(
          meters.publish(
              OperationsMeter.STATE.spec(),
              this,
              owner -> owner.state == each ? 1 : 0,
              name,
              agent,
              each.name().toLowerCase(Locale.ROOT)));
    }
    for (CanaryVerdict each : CanaryVerdict.values()) {
      published.add(
          meters.publish(
              OperationsMeter.VERDICT.spec(),
              this,
              owner -> owner.verdict == each ? 1 : 0,
              name,
              agent,
              each.name().toLowerCase(Locale.ROOT)));
    }
  }

  /** Takes the present state; a rollback counts when it is decided. */
  void update(int newShare, RolloutState newState, @Nullable CanaryVerdict newVerdict) {
    if (newState == RolloutState.ROLLING_BACK
        && state != null
        && state != RolloutState.ROLLING_BACK) {
      rollbacks.record(1);
    }
    share = newShare;
    state = newState;
    verdict = newState.isFinal() ? null : newVerdict;
  }

  @Override
  public void close() {
    for (AutoCloseable each : published) {
      try {
        each.close();
      } catch (Exception fault) {
        GildLog.faultOnce("Ending the meters of a rollout", fault);
      }
    }
  }
}

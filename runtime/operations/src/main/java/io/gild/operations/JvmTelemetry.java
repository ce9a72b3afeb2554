package io.gild.operations;

import io.gild.config.Usage;
import io.gild.core.CallEnded;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.judging.TrafficInterval;
import io.gild.operations.spi.TelemetrySource;
import io.gild.versions.MethodPattern;
import io.gild.versions.ShadowResult;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The calls of both versions in this JVM: of callers, or of pairs of a call and its shadow. Calls
 * that ended while no controller read them are left out at the first reading.
 */
final class JvmTelemetry implements TelemetrySource {

  private final RolloutPlan plan;
  private final GildRuntime runtime;
  private final JvmTraffic traffic;
  private final MethodPattern pattern;
  private final SampleBuffer stable = new SampleBuffer();
  private final SampleBuffer canary = new SampleBuffer();
  private @Nullable AutoCloseable subscription;

  JvmTelemetry(RolloutPlan plan, GildRuntime runtime, JvmTraffic traffic) {
    this.plan = plan;
    this.runtime = runtime;
    this.traffic = traffic;
    this.pattern = new MethodPattern(Objects.requireNonNull(plan.settings().agent()));
  }

  @Override
  public TrafficInterval read() throws RolloutException {
    if (subscription == null) {
      subscribe();
    }
    return new TrafficInterval(stable.take(), canary.take(), List.of());
  }

  private void subscribe() throws RolloutException {
    if (plan.settings().strategy() == Strategy.SHADOW) {
      traffic.split().onShadow(this::compared);
      subscription = () -> {};
    } else {
      subscription = runtime.events().subscribe(CallEnded.class, this::ended);
    }
  }

  private void ended(CallEnded call) {
    if (call.shadow()
        || call.outcome() == CallEnded.Outcome.CANCELLED
        || !pattern.matches(call.method())) {
      return;
    }
    boolean isCanary = call.method().version().equals(plan.settings().canary().version());
    (isCanary ? canary : stable)
        .add(
            call.outcome() == CallEnded.Outcome.FAILED,
            call.outcome() == CallEnded.Outcome.REFUSED,
            call.elapsed().toNanos(),
            call.nanoUsd(),
            tokens(call.usage()));
  }

  private void compared(ShadowResult result) {
    add(stable, result.stable());
    add(canary, result.canary());
  }

  private static void add(SampleBuffer side, ShadowResult.Answer answer) {
    side.add(
        answer.failure() != null,
        false,
        answer.elapsed().toNanos(),
        answer.facts().costNanoUsd(),
        tokens(answer.facts().usage()));
  }

  private static long tokens(Usage usage) {
    return usage.inputTokens() + usage.outputTokens();
  }

  @Override
  public void close() {
    AutoCloseable known = subscription;
    if (known != null) {
      subscription = null;
      try {
        known.close();
      } catch (Exception fault) {
        GildLog.faultOnce("Ending the measurement of " + plan.name(), fault);
      }
    }
  }
}

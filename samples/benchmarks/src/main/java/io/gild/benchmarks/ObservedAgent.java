package io.gild.benchmarks;

import io.gild.anomalies.Anomalies;
import io.gild.anomalies.AnomaliesModule;
import io.gild.anomalies.AnomalyRaised;
import io.gild.config.Settings;
import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.Body;
import io.gild.core.CallDetail;
import io.gild.core.CallKind;
import io.gild.core.GildLog;
import io.gild.core.GildRuntime;
import io.gild.core.GovernedMethod;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An agent of a real runtime, which watches it, while a simulation makes its calls. */
final class ObservedAgent implements FaultFinder {

  private static final double NANOS = 1e9;

  private final SettableClock clock = new SettableClock();
  private final GildRuntime runtime;
  private final GovernedMethod agent;
  private final GovernedMethod model;
  private final GovernedMethod tool;
  private final Anomalies anomalies;
  private int flags;

  ObservedAgent() {
    GildLog.redirect((line, fault) -> {});
    runtime =
        GildRuntime.builder()
            .settings(Settings.builder().build())
            .clock(clock)
            .module(new AnomaliesModule())
            .build();
    runtime.events().subscribe(AnomalyRaised.class, raised -> flags++);
    agent = SimulatedAgents.method(runtime, CallKind.AGENT, "support", "answer");
    model = SimulatedAgents.method(runtime, CallKind.CHAT, "support", "chat");
    tool = SimulatedAgents.method(runtime, CallKind.TOOL, "support", "lookUp");
    anomalies = Anomalies.of(runtime);
  }

  @Override
  public void accept(SyntheticCall call) {
    clock.set(call.end() - call.seconds());
    try {
      agent.call(null, arguments -> answer(call), "question");
    } catch (IllegalStateException failed) {
      return; // the simulated failure
    }
  }

  private @Nullable Object answer(SyntheticCall call) {
    try {
      tool.call(null, (Body) arguments -> result(call.toolFailed()), "key");
    } catch (IllegalStateException failed) {
      // The agent does without the tool.
    }
    clock.set(call.end());
    result(call.failed());
    return model.call(null, arguments -> chat(call), "prompt");
  }

  private static Object result(boolean failed) {
    if (failed) {
      throw new IllegalStateException("a simulated failure");
    }
    return "found";
  }

  private static Object chat(SyntheticCall call) {
    CallDetail detail = Objects.requireNonNull(AgentCall.current()).detail();
    detail.recordUsage(
        "model", Usage.of(call.inputTokens(), call.outputTokens()), Math.round(call.usd() * NANOS));
    detail.recordFinishReason(call.refused() ? "content_filter" : "stop");
    return "answer";
  }

  @Override
  public void turn(double second) {
    clock.set(second);
    anomalies.judge();
  }

  @Override
  public int flags() {
    return flags;
  }

  @Override
  public void close() {
    runtime.close();
  }
}

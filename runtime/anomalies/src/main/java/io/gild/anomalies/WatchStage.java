package io.gild.anomalies;

import io.gild.core.AgentCall;
import io.gild.core.CallFacts;
import io.gild.core.CallKind;
import io.gild.core.RefusalReasons;
import io.gild.core.spi.Stage;
import org.jspecify.annotations.Nullable;

/** Leaves a sample of each call. */
final class WatchStage extends Stage {

  private static final float NONE = Float.NaN;

  private final SampleRing ring;
  private final MethodWatch watch;
  private final CallKind kind;
  private final int slot;

  WatchStage(SampleRing ring, MethodWatch watch, CallKind kind, int slot) {
    this.ring = ring;
    this.watch = watch;
    this.kind = kind;
    this.slot = slot;
  }

  @Override
  public boolean enter(AgentCall call) {
    call.slot(slot, watch);
    return true;
  }

  @Override
  public boolean exit(AgentCall call) {
    if (call.cancelled() || call.isShadow()) {
      return false;
    }
    MethodWatch around = around(call);
    if (kind == CallKind.TOOL) {
      if (around != null) {
        ring.write(around, tool(call), NONE, NONE, NONE);
      }
      return false;
    }
    if (kind == CallKind.CHAT && call.failure() == null && call.attempts() > 0) {
      ring.write(around == null ? watch : around, answer(call.facts()), NONE, NONE, NONE);
    }
    if (kind == CallKind.AGENT ? around == null || !isSameAgent(around) : around == null) {
      agent(call);
    }
    return false;
  }

  private boolean isSameAgent(MethodWatch around) {
    return around.method().agent().equals(watch.method().agent());
  }

  /** Returns the watch of the nearest enclosing agent's call, if there is one. */
  private static @Nullable MethodWatch around(AgentCall call) {
    for (AgentCall each = call.parent(); each != null; each = each.parent()) {
      if (each.method().spec().kind() == CallKind.AGENT) {
        return each.slot(MethodWatch.class);
      }
    }
    return null;
  }

  private static int tool(AgentCall call) {
    return call.failure() == null ? MethodWatch.TOOL_RAN : MethodWatch.TOOL_FAILED;
  }

  private static int answer(CallFacts facts) {
    return RefusalReasons.contain(facts.finishReason())
        ? MethodWatch.REFUSED
        : MethodWatch.ANSWERED;
  }

  private void agent(AgentCall call) {
    if (call.failure() != null) {
      ring.write(watch, MethodWatch.FAILED, NONE, NONE, NONE);
      return;
    }
    if (call.attempts() == 0) {
      return; // the agent did not run
    }
    CallFacts facts = call.facts();
    boolean asked = facts.modelCalls() > 0;
    ring.write(
        watch,
        MethodWatch.SUCCEEDED,
        positive((call.attemptEndNanos() - call.startNanos()) / 1e9f),
        asked && facts.costKnown() ? positive(facts.costNanoUsd() / 1e9f) : NONE,
        asked
            ? positive((float) (facts.usage().inputTokens() + facts.usage().outputTokens()))
            : NONE);
  }

  private static float positive(float value) {
    return value > 0 ? value : NONE;
  }
}

package io.gild.cost;

import io.gild.core.AgentCall;
import io.gild.core.CallFacts;
import io.gild.core.CostSaved;
import io.gild.core.MethodScope;
import io.gild.core.MethodSpec;
import io.gild.core.spi.MeterRecorder;
import io.gild.core.spi.StageContext;

/**
 * Counts what routing saves: the tokens of an answer at the price of the model that the caller
 * gave, minus what was paid. Nothing is counted if the caller gave none, or a price is unknown.
 */
final class RouteSavings {

  private static final double NANOS_PER_USD = 1e9;

  private final MethodScope method;
  private final MeterRecorder saved;
  private final int modelIndex;
  private final int slot;

  RouteSavings(StageContext context) {
    this.method = context.method();
    this.saved = context.recorder(CostMeter.SAVED.spec(), "route");
    this.modelIndex = context.spec().indexOf(MethodSpec.Role.MODEL);
    this.slot = context.newSlot();
  }

  /** Notes the model that the caller gave. */
  void requested(AgentCall call) {
    if (modelIndex >= 0 && call.argument(modelIndex) instanceof String model && !model.isEmpty()) {
      call.slot(slot, model);
    }
  }

  /** Counts what the answer would have cost more. */
  void answered(AgentCall call) {
    CallFacts facts = call.facts();
    if (call.slot(slot) instanceof String requested
        && facts.modelCalls() > 0
        && facts.costKnown()) {
      long instead = method.price(requested, facts.usage());
      saved.record((instead - facts.costNanoUsd()) / NANOS_PER_USD); // negative ones are dropped
      CostSaved.publish(call, "route", requested, facts.usage(), instead, facts.costNanoUsd());
    }
  }
}

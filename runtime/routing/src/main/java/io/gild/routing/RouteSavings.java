package io.gild.routing;

import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallFacts;
import io.gild.core.CostSaved;
import io.gild.core.MethodSpec;
import io.gild.core.spi.StageContext;

/**
 * Counts what routing saves: the tokens of the answer at the price of the model that would have
 * answered otherwise, minus everything that was paid, rejected answers included. That model is the
 * one that the caller gave, or else that of the last tier. Nothing is counted if a price is
 * unknown.
 */
final class RouteSavings {

  private final StageContext context;
  private final CostSaved.Meter saved;
  private final String last;
  private final int modelIndex;
  private final int slot;

  RouteSavings(StageContext context, String last) {
    this.context = context;
    this.saved = CostSaved.meter(context, "route");
    this.last = last;
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
  void answered(AgentCall call, Usage used) {
    CallFacts facts = call.facts();
    if (facts.modelCalls() == 0 || !facts.costKnown()) {
      return;
    }
    if (!hadEffect(call, used)) {
      return;
    }
    String instead = call.slot(slot) instanceof String requested ? requested : last;
    long nanoUsd = context.method().price(instead, used);
    saved.record(call, instead, used, nanoUsd, facts.costNanoUsd());
  }

  /** Returns whether the chosen model answered, or one with its price. */
  private boolean hadEffect(AgentCall call, Usage used) {
    String chosen = call.routedModel();
    String answered = call.facts().responseModel();
    return chosen == null
        || answered == null
        || chosen.equals(answered)
        || context.method().price(chosen, used) == context.method().price(answered, used);
  }
}

package io.gild.cost;

import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.CallDecision;
import io.gild.core.GildLog;
import io.gild.core.HostClasses;
import io.gild.core.Tier;
import io.gild.core.spi.StageContext;
import io.gild.cost.spi.BudgetBalance;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends the calls of a method to a cheaper tier when a part of a budget is spent. */
final class Degrading {

  private static final Usage TYPICAL = Usage.of(1_000, 1_000);

  private final StageContext context;
  private final int modelIndex;

  Degrading(StageContext context, int modelIndex) {
    this.context = context;
    this.modelIndex = modelIndex;
  }

  /**
   * Chooses the cheaper model if so much is spent.
   *
   * @param model the model that the call would use; empty if unknown
   * @return whether the call has another model now
   */
  boolean apply(AgentCall call, BudgetRule rule, BudgetBalance balance, String model) {
    double share = (double) balance.spentNanoUsd() / rule.limitNanoUsd();
    if (share < rule.budget().soft().get(0)) {
      return false;
    }
    Map.Entry<String, Tier> cheaper = tier(rule);
    if (cheaper == null || !isCheaper(cheaper.getValue().model(), model)) {
      return false;
    }
    if (modelIndex < 0 && !HostClasses.attached()) {
      GildLog.infoOnce(
          context.spec().id()
              + " should use a cheaper model, because a part of budget "
              + rule.name()
              + " is spent, but no parameter is marked @Model and no javaagent rewrites its requests:"
              + " the chosen model has no effect.");
      return false;
    }
    call.routeTo(cheaper.getValue().model(), cheaper.getKey());
    if (modelIndex >= 0) {
      call.argument(modelIndex, cheaper.getValue().model());
    }
    if (CallDecision.isWanted(call)) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("budget", rule.name());
      facts.put("usedShare", Math.round(share * 1e4) / 1e4);
      facts.put("from", model);
      facts.put("to", cheaper.getValue().model());
      CallDecision.publish(call, "degraded", facts);
    }
    return true;
  }

  private Map.@Nullable Entry<String, Tier> tier(BudgetRule rule) {
    String wanted = rule.budget().tier();
    for (Map.Entry<String, Tier> each : context.settings().get(Tier.SECTION).entrySet()) {
      if (each.getValue().available() && (wanted == null || wanted.equals(each.getKey()))) {
        return each;
      }
    }
    GildLog.infoOnce(
        "Budget %s should send calls to %s, but it names no model: they keep theirs. Set tiers.*.model."
            .formatted(rule.name(), wanted == null ? "a tier" : "tier " + wanted));
    return null;
  }

  private boolean isCheaper(String candidate, String model) {
    if (candidate.equals(model)) {
      return false;
    }
    long present = model.isEmpty() ? -1 : context.method().price(model, TYPICAL);
    long instead = context.method().price(candidate, TYPICAL);
    return present < 0 || instead < present;
  }
}

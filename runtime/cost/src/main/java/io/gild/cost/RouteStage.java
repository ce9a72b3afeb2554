package io.gild.cost;

import io.gild.core.AgentCall;
import io.gild.core.BreakerOpen;
import io.gild.core.CallDecision;
import io.gild.core.CallRefused;
import io.gild.core.Counts;
import io.gild.core.Events;
import io.gild.core.Mark;
import io.gild.core.MethodSpec;
import io.gild.core.Tier;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the model tier by the prompt, and continues with the next one when the chosen one fails.
 */
final class RouteStage extends Stage {

  private final RoutePolicy.Strategy strategy;
  private final List<Tier> tiers;
  private final StageContext context;
  private final int promptIndex;
  private final int modelIndex;
  private final RouteSavings savings;
  private final int slot;

  RouteStage(RoutePolicy.Strategy strategy, List<Tier> tiers, StageContext context) {
    this.strategy = strategy;
    this.tiers = tiers;
    this.context = context;
    this.promptIndex = context.spec().promptIndex();
    this.modelIndex = context.spec().indexOf(MethodSpec.Role.MODEL);
    this.slot = context.newSlot();
    this.savings = new RouteSavings(context);
  }

  @Override
  public boolean enter(AgentCall call) {
    savings.requested(call);
    route(call, strategy == RoutePolicy.Strategy.COMPLEXITY ? byComplexity(call) : 0);
    routed(call);
    return true;
  }

  @Override
  public boolean exit(AgentCall call) {
    Throwable failure = call.failure();
    Integer tier = (Integer) call.slot(slot);
    if (failure == null) {
      savings.answered(call);
      return false;
    }
    boolean mayHelp =
        call.replaceable()
            && failure instanceof Exception
            && !(failure instanceof InterruptedException)
            && (failure instanceof BreakerOpen || !(failure instanceof CallRefused));
    if (!mayHelp
        || tier == null
        || tier + 1 >= tiers.size()
        || strategy == RoutePolicy.Strategy.FIXED) {
      return false;
    }
    route(call, tier + 1);
    call.mark(Mark.FAILED_OVER);
    context.counts().add(Counts.Event.FAILED_OVER);
    failedOver(call, failure, tiers.get(tier).model(), tiers.get(tier + 1).model());
    Events.Channel<FailedOver> channel = context.runtime().events().channel(FailedOver.class);
    if (channel.hasSubscribers()) {
      channel.publish(
          new FailedOver(context.spec(), tiers.get(tier).model(), tiers.get(tier + 1).model()));
    }
    return true;
  }

  private void routed(AgentCall call) {
    if (CallDecision.isWanted(call) && call.slot(slot) instanceof Integer tier) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("model", tiers.get(tier).model());
      facts.put("tier", tier + 1);
      facts.put("strategy", strategy.name().toLowerCase(Locale.ROOT));
      CallDecision.publish(call, "routed", facts);
    }
  }

  private static void failedOver(AgentCall call, Throwable failure, String from, String to) {
    if (CallDecision.isWanted(call)) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("from", from);
      facts.put("to", to);
      facts.put("error", failure.getClass().getName());
      CallDecision.publish(call, Counts.Event.FAILED_OVER, facts);
    }
  }

  private void route(AgentCall call, int tier) {
    String model = tiers.get(tier).model();
    call.slot(slot, tier);
    call.routeTo(model);
    if (modelIndex >= 0) {
      call.argument(modelIndex, model);
    }
  }

  private int byComplexity(AgentCall call) {
    String prompt = prompt(call);
    double complexity = prompt == null ? 1 : Complexity.of(prompt);
    for (int i = 0; i < tiers.size(); i++) {
      if (complexity <= tiers.get(i).maxComplexity()) {
        return i;
      }
    }
    return tiers.size() - 1;
  }

  private @Nullable String prompt(AgentCall call) {
    if (promptIndex >= 0) {
      Object prompt = call.argument(promptIndex);
      return prompt == null ? null : prompt.toString();
    }
    for (Object argument : call.arguments()) {
      if (argument instanceof String text) {
        return text;
      }
    }
    return null;
  }
}

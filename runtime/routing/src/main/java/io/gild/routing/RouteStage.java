package io.gild.routing;

import io.gild.config.Usage;
import io.gild.core.AgentCall;
import io.gild.core.BreakerOpen;
import io.gild.core.CallDecision;
import io.gild.core.CallRefused;
import io.gild.core.Counts;
import io.gild.core.Events;
import io.gild.core.Mark;
import io.gild.core.MethodSpec;
import io.gild.core.spi.MeterRecorder;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the model tier of a call, continues with the next one when the chosen one fails and, in a
 * cascade, when its answer is rejected.
 */
final class RouteStage extends Stage {

  /** The present attempt of a call. */
  private static final class Route {

    private final @Nullable String prompt;
    private final @Nullable PromptFeatures features;
    private int tier;
    private Usage before;

    Route(@Nullable String prompt, @Nullable PromptFeatures features, Usage before) {
      this.prompt = prompt;
      this.features = features;
      this.before = before;
    }
  }

  private final RoutePolicy.Strategy strategy;
  private final MethodRoutes routes;
  private final TierChooser chooser;
  private final @Nullable Verification verification;
  private final RoutingMemory memory;
  private final StageContext context;
  private final int modelIndex;
  private final RouteSavings savings;
  private final List<MeterRecorder> answers;
  private final int slot;

  /**
   * Creates a stage.
   *
   * @param verification the checks of answers; {@code null} if they are not checked
   */
  RouteStage(
      RoutePolicy policy,
      MethodRoutes routes,
      @Nullable Verification verification,
      RoutingMemory memory,
      StageContext context) {
    this.strategy = policy.strategy();
    this.routes = routes;
    this.chooser = new TierChooser(policy, routes, context.method(), memory.health());
    this.verification = verification;
    this.memory = memory;
    this.context = context;
    this.modelIndex = context.spec().indexOf(MethodSpec.Role.MODEL);
    this.slot = context.newSlot();
    this.savings = new RouteSavings(context, tier(routes.tiers().size() - 1).model());
    this.answers =
        routes.tiers().stream()
            .map(each -> context.recorder(RoutingMeter.ANSWERS.spec(), each.name()))
            .toList();
  }

  @Override
  public boolean enter(AgentCall call) {
    savings.requested(call);
    String prompt = prompt(call);
    PromptFeatures features =
        prompt == null || strategy == RoutePolicy.Strategy.FIXED ? null : PromptFeatures.of(prompt);
    Route route = new Route(prompt, features, call.facts().usage());
    call.slot(slot, route);
    RouteChoice choice = chooser.choose(prompt, features);
    send(call, route, choice.tier());
    routed(call, choice);
    return true;
  }

  @Override
  public boolean exit(AgentCall call) {
    if (!(call.slot(slot) instanceof Route route)) {
      return false;
    }
    Throwable failure = call.failure();
    if (failure != null) {
      return failedOver(call, route, failure);
    }
    Usage used = used(call, route);
    routes.figures(route.tier).add(used, call.attemptEndNanos() - call.attemptStartNanos());
    if (verification != null && escalated(call, route, verification)) {
      return true;
    }
    answers.get(route.tier).record(1);
    savings.answered(call, used);
    return false;
  }

  /** Returns whether the call goes on with the next tier because the present one failed. */
  private boolean failedOver(AgentCall call, Route route, Throwable failure) {
    boolean refused = failure instanceof CallRefused && !(failure instanceof BreakerOpen);
    boolean mayHelp =
        call.replaceable()
            && failure instanceof Exception
            && !(failure instanceof InterruptedException)
            && !refused;
    if (!mayHelp) {
      return false;
    }
    RoutedTier from = tier(route.tier);
    memory.health().failed(from);
    int next = strategy == RoutePolicy.Strategy.FIXED ? -1 : chooser.next(route.tier);
    if (next < 0) {
      return false;
    }
    send(call, route, next);
    call.mark(Mark.FAILED_OVER);
    context.counts().add(Counts.Event.FAILED_OVER);
    if (CallDecision.isWanted(call)) {
      Map<String, Object> facts = change(from, tier(next));
      facts.put("error", failure.getClass().getName());
      CallDecision.publish(call, Counts.Event.FAILED_OVER, facts);
    }
    Events.Channel<FailedOver> channel = context.runtime().events().channel(FailedOver.class);
    if (channel.hasSubscribers()) {
      channel.publish(new FailedOver(context.spec(), from.model(), tier(next).model()));
    }
    return true;
  }

  /** Returns whether the call goes on with the next tier because the answer was rejected. */
  private boolean escalated(AgentCall call, Route route, Verification checks) {
    String text = AnswerText.of(call);
    if (text == null) {
      return false;
    }
    String reason = checks.reject(call, route.prompt == null ? "" : route.prompt, text);
    if (route.features != null) {
      routes.learner(route.tier).learn(route.features, reason == null);
      memory.learned();
    }
    if (reason == null) {
      return false;
    }
    RoutedTier from = tier(route.tier);
    int next = call.replaceable() ? chooser.next(route.tier) : -1;
    if (CallDecision.isWanted(call)) {
      Map<String, Object> facts = next < 0 ? new LinkedHashMap<>() : change(from, tier(next));
      facts.put("reason", reason);
      CallDecision.publish(call, next < 0 ? "rejected" : "escalated", facts);
    }
    if (next < 0) {
      return false; // the caller gets the answer of the last tier as it is
    }
    send(call, route, next);
    call.mark(Mark.ESCALATED);
    context.counts().add(Counts.Event.ESCALATED);
    return true;
  }

  private static Map<String, Object> change(RoutedTier from, RoutedTier to) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("from", from.model());
    facts.put("to", to.model());
    return facts;
  }

  private void routed(AgentCall call, RouteChoice choice) {
    if (CallDecision.isWanted(call)) {
      Map<String, Object> facts = new LinkedHashMap<>();
      facts.put("model", tier(choice.tier()).model());
      facts.put("tier", tier(choice.tier()).name());
      facts.put("strategy", strategy.name().toLowerCase(Locale.ROOT));
      facts.put("by", choice.reason());
      if (choice.complexity() >= 0) {
        facts.put("complexity", rounded(choice.complexity()));
      }
      if (choice.probability() >= 0) {
        facts.put("probability", rounded(choice.probability()));
      }
      if (!choice.reasons().isEmpty()) {
        facts.put("reasons", String.join(", ", choice.reasons()));
      }
      CallDecision.publish(call, "routed", facts);
    }
  }

  private static double rounded(double value) {
    return Math.round(value * 1e3) / 1e3;
  }

  private RoutedTier tier(int index) {
    return routes.tiers().get(index);
  }

  private void send(AgentCall call, Route route, int tier) {
    RoutedTier chosen = tier(tier);
    route.tier = tier;
    route.before = call.facts().usage();
    call.routeTo(chosen.model(), chosen.name());
    if (modelIndex >= 0) {
      call.argument(modelIndex, chosen.model());
    }
  }

  /** Returns the tokens of the present attempts. */
  private static Usage used(AgentCall call, Route route) {
    Usage all = call.facts().usage();
    return Usage.of(kind -> Math.max(0, all.get(kind) - route.before.get(kind)));
  }

  private @Nullable String prompt(AgentCall call) {
    int promptIndex = context.spec().promptIndex();
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

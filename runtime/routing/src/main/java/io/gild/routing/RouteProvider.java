package io.gild.routing;

import io.gild.core.GildLog;
import io.gild.core.HostClasses;
import io.gild.core.MethodSpec;
import io.gild.core.ResultShape;
import io.gild.core.Tier;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes {@link RouteStage}s. */
final class RouteProvider implements StageProvider {

  @Override
  public Phase phase() {
    return Phase.ROUTE;
  }

  @Override
  public Class<RoutePolicy> policy() {
    return RoutePolicy.class;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    RoutePolicy policy = context.policies().get(RoutePolicy.class);
    if (policy == null) {
      return null;
    }
    Map<String, Tier> configured = context.settings().get(Tier.SECTION);
    for (String name : policy.tiers()) {
      Tier tier = configured.get(name);
      if (tier != null && !tier.available()) {
        GildLog.infoOnce(
            "%s routes to tier %s, which names no model and is left out; set tiers.%s.model."
                .formatted(context.spec().id(), name, name));
      }
    }
    List<RoutedTier> tiers = tiers(policy, configured);
    if (tiers.isEmpty()) {
      GildLog.info(
          context.spec().id() + " is routed, but no tier names a model; set tiers.*.model.");
      return null;
    }
    if (context.spec().indexOf(MethodSpec.Role.MODEL) < 0 && !HostClasses.attached()) {
      GildLog.infoOnce(
          context.spec().id()
              + " is routed, but no parameter is marked @Model and no javaagent rewrites its"
              + " requests: the chosen model has no effect. Add a parameter \"@Model String model\" and use"
              + " that model, or attach the javaagent.");
    }
    RoutingMemory memory = RoutingMemory.of(context.runtime());
    tiers.forEach(memory.health()::watch);
    return new RouteStage(
        policy,
        memory.routes(context.spec(), tiers, policy.minQuality()),
        verification(policy, context),
        memory,
        context);
  }

  private static @Nullable Verification verification(RoutePolicy policy, StageContext context) {
    if (policy.strategy() != RoutePolicy.Strategy.CASCADE) {
      if (!policy.verifier().isEmpty()) {
        GildLog.infoOnce(
            context.spec().id()
                + " names a verifier, which has no effect: only the strategy cascade checks answers.");
      }
      return null;
    }
    ResultShape shape = ResultShape.of(context.spec().descriptor());
    if (shape == ResultShape.VALUE || shape == ResultShape.FUTURE) {
      return Verification.of(context.method(), policy.verifier());
    }
    GildLog.infoOnce(
        context.spec().id()
            + " is a cascade, but its answers cannot be checked: only those of methods that return a"
            + " value or a CompletionStage can. It goes on with the next tier only when one fails.");
    return null;
  }

  private static List<RoutedTier> tiers(RoutePolicy policy, Map<String, Tier> configured) {
    return configured.entrySet().stream()
        .filter(entry -> policy.tiers().isEmpty() || policy.tiers().contains(entry.getKey()))
        .filter(entry -> entry.getValue().available())
        .map(entry -> new RoutedTier(entry.getKey(), entry.getValue()))
        .toList();
  }
}

package io.gild.cost;

import io.gild.core.GildLog;
import io.gild.core.HostClasses;
import io.gild.core.MethodSpec;
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
    List<Tier> tiers = tiers(policy, configured);
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
    return new RouteStage(policy.strategy(), tiers, context);
  }

  private static List<Tier> tiers(RoutePolicy policy, Map<String, Tier> configured) {
    return configured.entrySet().stream()
        .filter(entry -> policy.tiers().isEmpty() || policy.tiers().contains(entry.getKey()))
        .map(Map.Entry::getValue)
        .filter(Tier::available)
        .toList();
  }
}

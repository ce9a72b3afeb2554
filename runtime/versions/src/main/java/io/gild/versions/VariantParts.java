package io.gild.versions;

import io.gild.config.Policies;
import io.gild.core.CallKind;
import io.gild.core.GildLog;
import io.gild.core.HostClasses;
import io.gild.core.MethodSpec.Role;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import io.gild.core.spi.VariantPlan;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a new version adds to the plans of its methods.
 *
 * @param prompt its prompt, for the methods that the rollout is about; null for other methods
 * @param models its models
 * @param shadow whether no caller gets the answers
 */
record VariantParts(@Nullable PromptTemplate prompt, ModelMap models, boolean shadow)
    implements VariantPlan {

  /** The policies that would change something for callers, or take places or money from them. */
  private static final Set<String> NOT_OF_SHADOWS =
      Set.of("cache", "cost", "rate-limit", "bulkhead", "remember", "experience");

  private static final Phase PLACE = Phase.inside(Phase.TIME_LIMIT, "version");

  @Override
  public Policies policies(Policies configured) {
    return shadow ? configured.without(NOT_OF_SHADOWS) : configured;
  }

  @Override
  public StageProvider innermost() {
    return new Provider();
  }

  private final class Provider implements StageProvider {

    @Override
    public Phase phase() {
      return PLACE;
    }

    @Override
    public @Nullable Class<? extends Record> policy() {
      return null;
    }

    @Override
    public @Nullable Stage stage(StageContext context) {
      if (!models.isEmpty()
          && context.spec().kind() == CallKind.AGENT
          && context.spec().indexOf(Role.MODEL) < 0
          && !HostClasses.attached()) {
        GildLog.infoOnce(
            "A new version of "
                + context.spec().id()
                + " has other models, but no parameter is marked @Model and no javaagent rewrites"
                + " its requests: the models have no effect unless the method asks for them.");
      }
      return prompt == null && models.isEmpty() ? null : new VariantStage(prompt, models, context);
    }
  }
}

package io.gild.cost;

import io.gild.core.HostClasses;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import org.jspecify.annotations.Nullable;

/** Makes stages that report tokens that are never seen, of methods whose money is counted. */
final class TokensProvider implements StageProvider {

  @Override
  public Phase phase() {
    return Phase.inside(Phase.COST, "tokens");
  }

  @Override
  public Class<CostPolicy> policy() {
    return CostPolicy.class;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    CostPolicy policy = context.policies().get(CostPolicy.class);
    boolean quiet = policy == null || (policy.isUnlimited() && HostClasses.attached());
    return quiet ? null : new UnseenTokens(context);
  }
}

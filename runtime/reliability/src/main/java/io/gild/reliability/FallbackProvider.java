package io.gild.reliability;

import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import org.jspecify.annotations.Nullable;

/** Makes {@link FallbackStage}s. */
final class FallbackProvider implements StageProvider {

  @Override
  public Phase phase() {
    return Phase.FALLBACK;
  }

  @Override
  public Class<FallbackPolicy> policy() {
    return FallbackPolicy.class;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    FallbackPolicy policy = context.policies().get(FallbackPolicy.class);
    return policy == null || (policy.method().isEmpty() && policy.answer().isEmpty())
        ? null
        : new FallbackStage(policy, context);
  }
}

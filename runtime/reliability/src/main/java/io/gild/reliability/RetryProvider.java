package io.gild.reliability;

import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import org.jspecify.annotations.Nullable;

/** Makes {@link RetryStage}s. */
final class RetryProvider implements StageProvider {

  @Override
  public Phase phase() {
    return Phase.RETRY;
  }

  @Override
  public Class<RetryPolicy> policy() {
    return RetryPolicy.class;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    RetryPolicy policy = context.policies().get(RetryPolicy.class);
    return policy == null || policy.maxAttempts() == 1 ? null : new RetryStage(policy, context);
  }
}

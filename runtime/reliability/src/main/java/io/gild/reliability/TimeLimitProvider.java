package io.gild.reliability;

import io.gild.core.spi.AttemptRunner;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import org.jspecify.annotations.Nullable;

/** Makes {@link TimeLimitRunner}s. */
final class TimeLimitProvider implements StageProvider {

  @Override
  public Phase phase() {
    return Phase.TIME_LIMIT;
  }

  @Override
  public Class<TimeLimitPolicy> policy() {
    return TimeLimitPolicy.class;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    return null;
  }

  @Override
  public @Nullable AttemptRunner runner(StageContext context) {
    TimeLimitPolicy policy = context.policies().get(TimeLimitPolicy.class);
    return policy == null ? null : new TimeLimitRunner(policy, context);
  }
}

package io.gild.reliability;

import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import org.jspecify.annotations.Nullable;

/** Makes {@link CircuitBreakerStage}s. */
final class CircuitBreakerProvider implements StageProvider {

  @Override
  public Phase phase() {
    return Phase.CIRCUIT_BREAKER;
  }

  @Override
  public Class<CircuitBreakerPolicy> policy() {
    return CircuitBreakerPolicy.class;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    CircuitBreakerPolicy policy = context.policies().get(CircuitBreakerPolicy.class);
    return policy == null ? null : new CircuitBreakerStage(policy, context);
  }
}

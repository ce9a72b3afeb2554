package io.gild.reliability;

import com.google.auto.service.AutoService;
import io.gild.config.CircuitBreakerPolicy;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import org.jspecify.annotations.Nullable;

/** Makes {@link CircuitBreakerStage}s. */
@AutoService(StageProvider.class)
public final class CircuitBreakerProvider implements StageProvider {

  @Override
  public Phase phase() {
    return Phase.CIRCUIT_BREAKER;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    CircuitBreakerPolicy policy = context.policies().circuitBreaker();
    return policy == null ? null : new CircuitBreakerStage(policy, context);
  }
}

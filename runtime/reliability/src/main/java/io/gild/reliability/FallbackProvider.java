package io.gild.reliability;

import com.google.auto.service.AutoService;
import io.gild.config.FallbackPolicy;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import org.jspecify.annotations.Nullable;

/** Makes {@link FallbackStage}s. */
@AutoService(StageProvider.class)
public final class FallbackProvider implements StageProvider {

  @Override
  public Phase phase() {
    return Phase.FALLBACK;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    FallbackPolicy policy = context.policies().fallback();
    return policy == null || (policy.method().isEmpty() && policy.answer().isEmpty())
        ? null
        : new FallbackStage(policy, context);
  }
}

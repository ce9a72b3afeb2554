package io.gild.cost;

import io.gild.core.Effect;
import io.gild.core.ResultShape;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import org.jspecify.annotations.Nullable;

/** Makes {@link CacheStage}s; methods that return nothing or change the world are never cached. */
final class CacheProvider implements StageProvider {

  @Override
  public Phase phase() {
    return Phase.CACHE;
  }

  @Override
  public Class<CachePolicy> policy() {
    return CachePolicy.class;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    CachePolicy policy = context.policies().get(CachePolicy.class);
    boolean cacheable =
        context.spec().effect() == Effect.NONE
            && ResultShape.of(context.spec().descriptor()) != ResultShape.VOID;
    if (policy == null || !cacheable) {
      return null;
    }
    return policy.onlyMeasures()
        ? MeasuringStage.of(policy, context)
        : new CacheStage(policy, context);
  }
}

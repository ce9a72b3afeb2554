package io.gild.anomalies;

import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import org.jspecify.annotations.Nullable;

/** Makes {@link WatchStage}s. */
final class WatchProvider implements StageProvider {

  @Override
  public Phase phase() {
    return Phase.OBSERVE;
  }

  @Override
  public Class<AnomalyPolicy> policy() {
    return AnomalyPolicy.class;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    AnomalyPolicy policy = context.policies().get(AnomalyPolicy.class);
    if (policy == null) {
      return null;
    }
    Anomalies anomalies = Anomalies.of(context.runtime());
    MethodWatch watch =
        context
            .method()
            .application()
            .shared(MethodWatches.class, anomalies::watches)
            .of(context.spec(), policy);
    return watch == null
        ? null
        : new WatchStage(anomalies.ring(), watch, context.spec().kind(), context.newSlot());
  }
}

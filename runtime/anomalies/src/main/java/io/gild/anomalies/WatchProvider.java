package io.gild.anomalies;

import io.gild.core.CallKind;
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
    if (watch == null) {
      return null;
    }
    if (context.spec().kind() == CallKind.AGENT) {
      publish(context, watch);
    }
    return new WatchStage(anomalies.ring(), watch, context.spec().kind(), context.newSlot());
  }

  private static void publish(StageContext context, MethodWatch watch) {
    for (Signal signal : Signal.values()) {
      context.publish(AnomalyMeter.SCORE.spec(), watch, same -> same.score(signal), signal.key());
      context.publish(
          AnomalyMeter.DETECTED.spec(), watch, same -> same.raised(signal), signal.key());
    }
  }
}

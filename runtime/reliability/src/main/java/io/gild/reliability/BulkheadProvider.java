package io.gild.reliability;

import com.google.auto.service.AutoService;
import io.gild.config.BulkheadPolicy;
import io.gild.core.AgentCall;
import io.gild.core.BulkheadFull;
import io.gild.core.Counts;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import org.jspecify.annotations.Nullable;

/** Makes stages that bound how many calls run at once. */
@AutoService(StageProvider.class)
public final class BulkheadProvider implements StageProvider {

  @Override
  public Phase phase() {
    return Phase.BULKHEAD;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    BulkheadPolicy policy = context.policies().bulkhead();
    return policy == null ? null : new BulkheadStage(policy, context);
  }

  private static final class BulkheadStage extends Stage {

    private final Bulkhead bulkhead;
    private final BulkheadPolicy policy;
    private final StageContext context;

    BulkheadStage(BulkheadPolicy policy, StageContext context) {
      this.policy = policy;
      this.context = context;
      this.bulkhead =
          Bulkhead.of(
              context.spec().id(),
              BulkheadConfig.custom()
                  .maxConcurrentCalls(policy.maxConcurrentCalls())
                  .maxWaitDuration(policy.maxWaitDuration())
                  .build());
    }

    @Override
    public boolean enter(AgentCall call) {
      if (!bulkhead.tryAcquirePermission()) {
        context.counts().add(Counts.Event.BULKHEAD_REFUSED);
        throw new BulkheadFull(context.spec().agent(), policy.maxConcurrentCalls());
      }
      return true;
    }

    @Override
    public boolean exit(AgentCall call) {
      bulkhead.onComplete();
      return false;
    }
  }
}

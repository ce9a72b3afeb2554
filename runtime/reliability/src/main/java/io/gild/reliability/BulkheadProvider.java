package io.gild.reliability;

import io.gild.core.AgentCall;
import io.gild.core.BulkheadFull;
import io.gild.core.Counts;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes stages that limit how many calls run at once. */
final class BulkheadProvider implements StageProvider {

  @Override
  public Phase phase() {
    return Phase.BULKHEAD;
  }

  @Override
  public Class<BulkheadPolicy> policy() {
    return BulkheadPolicy.class;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    BulkheadPolicy policy = context.policies().get(BulkheadPolicy.class);
    return policy == null ? null : new BulkheadStage(policy, context);
  }

  /**
   * Semaphores are the JDK's: Resilience4j's bulkhead refuses every caller that was interrupted
   * before, although there is a free place.
   */
  private static final class BulkheadStage extends Stage {

    private final Semaphore room;
    private final long longestWaitNanos;
    private final BulkheadPolicy policy;
    private final StageContext context;

    BulkheadStage(BulkheadPolicy policy, StageContext context) {
      this.policy = policy;
      this.context = context;
      this.room = new Semaphore(policy.maxConcurrentCalls(), true);
      this.longestWaitNanos = policy.maxWaitDuration().toNanos();
    }

    @Override
    public boolean enter(AgentCall call) {
      if (!room.tryAcquire() && !waitForRoom()) {
        context.counts().add(Counts.Event.BULKHEAD_REFUSED);
        throw new BulkheadFull(context.spec().agent(), policy.maxConcurrentCalls());
      }
      return true;
    }

    private boolean waitForRoom() {
      if (longestWaitNanos <= 0) {
        return false;
      }
      try {
        return room.tryAcquire(longestWaitNanos, TimeUnit.NANOSECONDS);
      } catch (InterruptedException impatient) {
        Thread.currentThread().interrupt();
        return room.tryAcquire();
      }
    }

    @Override
    public boolean exit(AgentCall call) {
      room.release();
      return false;
    }
  }
}

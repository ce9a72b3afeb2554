package io.gild.reliability;

import io.gild.core.AgentCall;
import io.gild.core.BulkheadFull;
import io.gild.core.CallDecision;
import io.gild.core.Counts;
import io.gild.core.spi.Control;
import io.gild.core.spi.Controllable;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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
    if (policy == null) {
      return null;
    }
    SharedPlaces shared =
        policy.scope() == BulkheadPolicy.Scope.SHARED ? SharedPlaces.of(context, policy) : null;
    return shared == null
        ? new BulkheadStage(policy, context)
        : new SharedBulkheadStage(policy, context, shared);
  }

  private static BulkheadFull full(AgentCall call, StageContext context, BulkheadPolicy policy) {
    CallDecision.publish(
        call, Counts.Event.BULKHEAD_REFUSED, Map.of("limit", policy.maxConcurrentCalls()));
    context.counts().add(Counts.Event.BULKHEAD_REFUSED);
    return new BulkheadFull(context.spec().agent(), policy.maxConcurrentCalls());
  }

  private static final class BulkheadStage extends Stage implements Controllable {

    private final LocalPlaces places;
    private final BulkheadPolicy policy;
    private final StageContext context;

    BulkheadStage(BulkheadPolicy policy, StageContext context) {
      this.policy = policy;
      this.context = context;
      this.places = new LocalPlaces(policy.maxConcurrentCalls(), policy.maxWaitDuration());
      context.publish(ReliabilityMeter.BULKHEAD_ACTIVE.spec(), this, stage -> stage.places.taken());
      context.publish(
          ReliabilityMeter.BULKHEAD_LIMIT.spec(), this, stage -> stage.policy.maxConcurrentCalls());
    }

    @Override
    public boolean enter(AgentCall call) {
      if (!places.take()) {
        throw full(call, context, policy);
      }
      return true;
    }

    @Override
    public boolean exit(AgentCall call) {
      places.giveBack();
      return false;
    }

    @Override
    public List<Control> controls() {
      int active = places.taken();
      int most = policy.maxConcurrentCalls();
      return List.of(
          new Control(
              "bulkhead",
              context.spec().id(),
              context.spec().agent(),
              context.spec().methodName(),
              active >= most ? "full" : "free",
              active + " of " + most + " calls at once",
              Map.of("active", active, "limit", most),
              List.of()));
    }

    @Override
    public String operate(Control control, String action) {
      throw new IllegalArgumentException("a bulkhead cannot be operated; set its policy");
    }
  }

  /** A call keeps what gives its place back, from its start to its end. */
  private static final class SharedBulkheadStage extends Stage {

    private final SharedPlaces places;
    private final BulkheadPolicy policy;
    private final StageContext context;
    private final AtomicInteger taken = new AtomicInteger();
    private final int slot;

    SharedBulkheadStage(BulkheadPolicy policy, StageContext context, SharedPlaces places) {
      this.policy = policy;
      this.context = context;
      this.places = places;
      this.slot = context.newSlot();
      context.publish(ReliabilityMeter.BULKHEAD_ACTIVE.spec(), this, stage -> stage.taken.get());
      context.publish(
          ReliabilityMeter.BULKHEAD_LIMIT.spec(), this, stage -> stage.policy.maxConcurrentCalls());
    }

    @Override
    public boolean enter(AgentCall call) {
      Runnable place = places.take();
      if (place == null) {
        throw full(call, context, policy);
      }
      taken.incrementAndGet();
      call.slot(slot, place);
      return true;
    }

    @Override
    public boolean exit(AgentCall call) {
      if (call.slot(slot) instanceof Runnable place) {
        call.slot(slot, null);
        taken.decrementAndGet();
        place.run();
      }
      return false;
    }
  }
}

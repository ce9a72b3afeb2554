package io.gild.reliability;

import io.gild.config.Durations;
import io.gild.core.AgentCall;
import io.gild.core.CallDecision;
import io.gild.core.Counts;
import io.gild.core.RateLimited;
import io.gild.core.spi.Control;
import io.gild.core.spi.Controllable;
import io.gild.core.spi.Phase;
import io.gild.core.spi.Stage;
import io.gild.core.spi.StageContext;
import io.gild.core.spi.StageProvider;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes stages that limit how many calls start per period. */
final class RateLimitProvider implements StageProvider {

  @Override
  public Phase phase() {
    return Phase.RATE_LIMIT;
  }

  @Override
  public Class<RateLimitPolicy> policy() {
    return RateLimitPolicy.class;
  }

  @Override
  public @Nullable Stage stage(StageContext context) {
    RateLimitPolicy policy = context.policies().get(RateLimitPolicy.class);
    return policy == null ? null : new RateLimitStage(policy, context);
  }

  private static final class RateLimitStage extends Stage implements Controllable {

    private final RateLimiter limiter;
    private final RateLimitPolicy policy;
    private final StageContext context;

    RateLimitStage(RateLimitPolicy policy, StageContext context) {
      this.policy = policy;
      this.context = context;
      this.limiter =
          RateLimiter.of(
              context.spec().id(),
              RateLimiterConfig.custom()
                  .limitForPeriod(policy.limitForPeriod())
                  .limitRefreshPeriod(policy.limitRefreshPeriod())
                  .timeoutDuration(policy.timeoutDuration())
                  .build());
      context.publish(
          ReliabilityMeter.RATE_PERMITS.spec(),
          this,
          stage -> stage.limiter.getMetrics().getAvailablePermissions());
    }

    @Override
    public List<Control> controls() {
      int left = limiter.getMetrics().getAvailablePermissions();
      int most = policy.limitForPeriod();
      return List.of(
          new Control(
              "ratelimiter",
              context.spec().id(),
              context.spec().agent(),
              context.spec().methodName(),
              left > 0 ? "free" : "used up",
              Math.max(0, left)
                  + " of "
                  + most
                  + " calls left in this period of "
                  + Durations.format(policy.limitRefreshPeriod()),
              Map.of("left", left, "limit", most),
              List.of()));
    }

    @Override
    public String operate(Control control, String action) {
      throw new IllegalArgumentException("a rate limit cannot be operated; set its policy");
    }

    @Override
    public boolean enter(AgentCall call) {
      if (!limiter.acquirePermission()) {
        context.counts().add(Counts.Event.RATE_REFUSED);
        CallDecision.publish(
            call, Counts.Event.RATE_REFUSED, Map.of("limit", policy.limitForPeriod()));
        throw new RateLimited(context.spec().agent(), policy.limitForPeriod());
      }
      return true;
    }
  }
}
